/** Who may look at the live page, and from where: docs/live-page.md. */
import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

const path = z.string().min(1, 'must not be empty');

/** An address, or a network of them as 10.0.0.0/8. */
const addressOrNetwork = z.string().refine((text) => {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}, 'must be an address such as 192.0.2.7, or a network such as 192.0.2.0/24');

export const dashboardSchema = z.strictObject({
  port: z
    .number()
    .int()
    .min(0)
    .max(65_535)
    .nullable()
    .default(null)
    .describe('Port of the live page, as 8080; 0 to 65,535; 0: any free one; null: there is no page.'),
  host: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe(
      'Address on which it listens; 0.0.0.0 opens it to the network: set passwordFile or tokenFile then, and certFile with keyFile or trustedProxies.',
    ),
  hostNames: z
    .array(
      z.string().regex(/^[A-Za-z0-9.-]+$/, 'must be a host name such as sem-pc.lab.example, without a port'),
    )
    .default([])
    .describe(
      "Names by which others reach it, beside its addresses, localhost and the computer's own name; requests for other names are refused.",
    ),
  passwordFile: path
    .nullable()
    .default(null)
    .describe(
      'File with the hash of the password that people sign in with, as `particled dashboard password` makes it; null: nobody is asked. A name without a slash is a systemd credential, where there are any.',
    ),
  tokenFile: path
    .nullable()
    .default(null)
    .describe(
      'File with a token of at least 32 characters for programs, sent as `Authorization: Bearer`; people may sign in with it too. A name without a slash is a systemd credential, where there are any.',
    ),
  certFile: path
    .nullable()
    .default(null)
    .describe(
      "PEM file with the page's TLS certificate, and those that lead to its authority; with keyFile.",
    ),
  keyFile: path
    .nullable()
    .default(null)
    .describe('PEM file with the private key of certFile, not encrypted.'),
  trustedProxies: z
    .array(addressOrNetwork)
    .default([])
    .describe(
      'Addresses, or networks as 10.0.0.0/8, of proxies in front of the page: only what these say of who asks (X-Forwarded-For, -Proto, -Host) is believed.',
    ),
});

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether nobody but this computer reaches what listens there. */
export function isLoopback(host: string): boolean {
  const family = isIP(host);
  if (family === 0) return host.toLowerCase() === 'localhost';
  return loopback.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
