import { z } from 'zod';
import { commandKinds, type Verb, verbs } from '../src/publish/command-kinds.ts';
import { largestRequestBytes } from '../src/publish/command-request.ts';
import { refusalSchema } from '../src/publish/schema/command.ts';
import { commandExamples } from '../src/publish/schema/command-examples.ts';
import { fields, type Schema, table, tolerantJsonSchema } from './schema-fields.ts';

function requestSchema(verb: Verb): Schema {
  return { ...z.toJSONSchema(commandKinds[verb].request), title: `particled command ${verb}` };
}

/** The sections on commands; titled parts are collected into `parts`. */
export function commandGuide(parts: Map<string, Schema>): string[] {
  const { title: _, ...refusal } = tolerantJsonSchema(refusalSchema);
  return [
    introduction,
    'Every answer has these fields; where `accepted` is `true`, `result` takes the place of `reason`:',
    table(fields(refusal, '', parts)),
    ...verbs.map((verb) => commandSection(verb, parts)),
  ];
}

function commandSection(verb: Verb, parts: Map<string, Schema>): string {
  const { does, result } = commandKinds[verb];
  const { request, answer } = commandExamples[verb];
  return [
    `### ${verb}`,
    `Topic \`particled/<instrument>/command/${verb}\`: ${does}. JSON Schemas of [request](schemas/command-${verb}.schema.json) and [answer](schemas/answer-${verb}.schema.json).`,
    table(fields(requestSchema(verb), '', parts)),
    'Its result:',
    table(fields(tolerantJsonSchema(result), '', parts)),
    fence(request),
    fence(answer),
  ].join('\n\n');
}

function fence(example: object): string {
  return `\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``;
}

const introduction = `## Commands

A controller asks by publishing a JSON object on \`particled/<instrument>/command/<verb>\`, with QoS 1 and never retained (a retained request is ignored, since it would come again at each connect). The answer comes on the request's response topic with its correlation data, both properties of MQTT 5. Over the embedded broker, which speaks MQTT 3.1.1, both stand as text in the JSON of the request (\`responseTopic\`, \`correlationData\`), and the correlation data in the JSON of the answer. A request without a response topic is carried out and only logged. The response topic is a single one, outside of \`particled/\` (\`mqtt.baseTopic\`).

Requests are carried out one after another. Each may be sent again, as after a lost connection, and does nothing twice. A broker may deliver a request late, even days later: one that says in \`at\` when it was made is refused after 10 minutes, and without \`run\` means the run that was the sample's latest then; \`finalise\` has to name the run or say \`at\`, so that it never ends another run than was meant. The message expiry interval of MQTT 5 lets the broker drop a late request before that. Verbs that \`mqtt.commands\` does not allow are refused. A request has at most ${largestRequestBytes} bytes, and the broker passes none on that is over 1 MiB, so that nobody answers it; a field that is not known, and a value outside its range, is refused with the reason. Where nothing answers, the daemon does not run, or its log says why.

\`\`\`sh
mosquitto_rr -V 5 -q 1 -t particled/phenom-1/command/describe -e lab/answers -n
\`\`\``;
