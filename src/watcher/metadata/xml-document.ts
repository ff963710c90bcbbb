import { XMLParser } from 'fast-xml-parser';
import { messageOf, UnusableFileError } from '../../errors.ts';
import { requireSaneMetadata } from '../image/image-limits.ts';

/** A parsed document; keys are element names from the root's children down, joined by `/`. */
export interface XmlDocument {
  /**
   * The trimmed text of an element; null where the element is missing.
   *
   * @throws UnusableFileError `bad-metadata` where it stands more than once or holds a bad reference
   */
  text(key: string): string | null;
  /** The element's `unit` attribute; null where there is none. */
  unit(key: string): string | null;
  /** Any attribute of the element, likewise. */
  attribute(key: string, name: string): string | null;
}

const DEPTH_MAX = 32;
/** A microscope writes some 100 tags and 20 attributes; the parser takes about 10 us for each. */
const TAGS_MAX = 4000;
const ATTRIBUTES_MAX = 1000;
const ATTRIBUTE_PREFIX = '@_';
const TEXT = '#text';
/** Names that would reach into JavaScript's own objects; as elements they mean nothing to us. */
const RESERVED_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE_PREFIX,
  textNodeName: TEXT,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  maxNestedTags: DEPTH_MAX,
  transformTagName: (name) => (RESERVED_NAMES.has(name) ? `reserved-${name}` : name),
});

/**
 * Parses a document without trusting it: no DOCTYPE and so no entities of its own, at most 32 levels, 4000 tags,
 * 1000 attributes, 128 KiB. Tags and attributes are counted before parsing, which holds the event loop.
 *
 * @throws UnusableFileError `bad-metadata`
 */
export function readXml(xml: string, rootName: string, path: string): XmlDocument {
  requireSaneMetadata(path, xml.length);
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) {
    throw badXml(path, 'holds a DOCTYPE, which the microscope never writes');
  }
  requireFew(path, xml, '<', TAGS_MAX, 'tags');
  requireFew(path, xml, '=', ATTRIBUTES_MAX, 'attributes');
  const root = childOf(parse(xml, path), rootName);
  if (root === undefined) throw badXml(path, `has no root element ${rootName}`);
  const find = (key: string): unknown => {
    let node: unknown = root;
    for (const name of key.split('/')) {
      node = childOf(node, name);
      if (Array.isArray(node)) throw badXml(path, `holds ${key} ${node.length} times, expected once`);
    }
    return node;
  };
  const attribute = (key: string, name: string): string | null => {
    const value = childOf(find(key), `${ATTRIBUTE_PREFIX}${name}`);
    return typeof value === 'string' ? decodeReferences(value, key, path).trim() : null;
  };
  return {
    text(key) {
      const node = find(key);
      if (node === undefined) return null;
      const text = typeof node === 'string' ? node : childOf(node, TEXT);
      return typeof text === 'string' ? decodeReferences(text, key, path).trim() : '';
    },
    unit: (key) => attribute(key, 'unit'),
    attribute,
  };
}

/** Counts the character that each of them has, wherever it stands: no fewer than a parser would find. */
function requireFew(path: string, xml: string, sign: string, max: number, what: string): void {
  let count = 0;
  for (let at = xml.indexOf(sign); at !== -1; at = xml.indexOf(sign, at + 1)) {
    if (++count > max) throw badXml(path, `has over ${max} ${what} (characters ${sign}), which is the limit`);
  }
}

function parse(xml: string, path: string): unknown {
  try {
    return parser.parse(xml.replace(/^\uFEFF/, '').trim(), true);
  } catch (error) {
    throw badXml(path, `is not well-formed XML of at most ${DEPTH_MAX} levels (${messageOf(error)})`);
  }
}

function childOf(node: unknown, name: string): unknown {
  if (typeof node !== 'object' || node === null) return undefined;
  return Object.getOwnPropertyDescriptor(node, name)?.value;
}

const PREDEFINED_ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['apos', "'"],
  ['quot', '"'],
]);

/** Without a DOCTYPE only character references and five entities exist (XML 1.0, sections 4.1 and 4.6). */
function decodeReferences(text: string, key: string, path: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([\w.:-]+));/gi, (reference, hex, decimal, name) => {
    const character = name
      ? PREDEFINED_ENTITIES.get(name)
      : characterOf(hex ? Number.parseInt(hex, 16) : Number.parseInt(decimal, 10));
    if (character === undefined) throw badXml(path, `holds the invalid reference ${reference} in ${key}`);
    return character;
  });
}

/** XML 1.0, production 2 (Char). */
function characterOf(code: number): string | undefined {
  const isCharacter =
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}

function badXml(path: string, what: string): UnusableFileError {
  return new UnusableFileError(
    path,
    'bad-metadata',
    `its XML metadata ${what}; export it from the microscope again`,
  );
}
