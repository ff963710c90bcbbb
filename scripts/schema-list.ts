import { z } from 'zod';
import { commandKinds, type Verb, verbs } from '../src/publish/command-kinds.ts';
import { messageKinds } from '../src/publish/messages.ts';
import { answerSchema } from '../src/publish/schema/command.ts';
import { commandExamples } from '../src/publish/schema/command-examples.ts';
import { messageExamples } from '../src/publish/schema/message-examples.ts';
import { type Schema, tolerantJsonSchema } from './schema-fields.ts';

/** As JSON Schema calls it, and AsyncAPI and generators of types still ask for it. */
export type Draft = 'draft-2020-12' | 'draft-7';

/** What is published or heard as one JSON object. */
export interface ListedSchema {
  /** Of the file, without `.schema.json`. */
  readonly name: string;
  readonly kind: 'message' | 'command' | 'answer';
  /** As programs name it. */
  readonly typeName: string;
  /** The number counts up when a field loses or changes its meaning. */
  readonly id: string;
  /** Null for answers, which go where the request says. */
  readonly topic: string | null;
  readonly retained: boolean;
  readonly when: string;
  readonly example: object;
  json(draft?: Draft): Schema;
}

/** Every message, request and answer. */
export const listedSchemas: readonly ListedSchema[] = [
  ...messageKinds.map((kind): ListedSchema => {
    const { name, topic, retained, when, schema } = kind;
    const id = `urn:${schema.shape.schema.value.replaceAll('/', ':')}`;
    const example = messageExamples[name];
    const shell = { id, title: `particled ${name}`, example };
    return {
      ...{
        name,
        kind: 'message',
        typeName: `${inCapitals(name)}Message`,
        id,
        topic,
        retained,
        when,
        example,
      },
      json: (draft) => framed(shell, tolerantJsonSchema(schema, draft)),
    };
  }),
  ...verbs.flatMap((verb) => [requestOf(verb), answerOf(verb)]),
];

function requestOf(verb: Verb): ListedSchema {
  const { does, request } = commandKinds[verb];
  const { request: example } = commandExamples[verb];
  const name = `command-${verb}`;
  const id = `urn:particled:${name}:1`;
  const shell = { id, title: `particled command ${verb}`, example };
  return {
    ...{
      name,
      kind: 'command',
      typeName: `${inCapitals(verb)}Request`,
      id,
      retained: false,
      when: does,
      example,
    },
    topic: `particled/<instrument>/command/${verb}`,
    json: (draft = 'draft-2020-12') => framed(shell, z.toJSONSchema(request, { target: draft })),
  };
}

function answerOf(verb: Verb): ListedSchema {
  const { answer: example } = commandExamples[verb];
  const name = `answer-${verb}`;
  const id = `urn:particled:${name}:1`;
  const shell = { id, title: `particled answer to ${verb}`, example };
  return {
    ...{
      name,
      kind: 'answer',
      typeName: `${inCapitals(verb)}Answer`,
      id,
      topic: null,
      retained: false,
      example,
    },
    when: `what became of a request to ${verb}`,
    json: (draft) => framed(shell, tolerantJsonSchema(answerSchema(commandKinds[verb].result), draft)),
  };
}

function framed(
  { id, title, example }: { readonly id: string; readonly title: string; readonly example: object },
  { $schema, ...schema }: Schema,
): Schema {
  return { ...($schema !== undefined && { $schema }), $id: id, ...schema, title, examples: [example] };
}

/** `set-aside` is `SetAside`. */
function inCapitals(name: string): string {
  return name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A list of them for programs. */
export function schemaIndex(): object {
  return {
    description: 'Every message, request and answer of particled: which schema holds on which topic',
    schemas: listedSchemas.map(({ id, name, kind, typeName, topic, retained }) => ({
      ...{ $id: id, file: `${name}.schema.json`, kind, type: typeName, topic, retained },
    })),
  };
}
