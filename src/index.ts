/** What a controller written in TypeScript imports: messages and their topics, commands and their answers. */
export {
  commandKinds,
  type Requests as CommandRequests,
  type Results as CommandResults,
  type Verb,
} from './publish/command-kinds.ts';
export {
  type MessageKind,
  type MessageName,
  messageKinds,
  type ProgressMessage,
  type SetAsideMessage,
  type StatusMessage,
  type SummaryMessage,
  type TileMessage,
} from './publish/messages.ts';
export { answerSchema } from './publish/schema/command.ts';
export { progressSchema } from './publish/schema/progress.ts';
export { setAsideSchema } from './publish/schema/set-aside.ts';
export { statusSchema } from './publish/schema/status.ts';
export { summarySchema } from './publish/schema/summary.ts';
export { tileSchema } from './publish/schema/tile.ts';
export { type RunTopics, type Topics, topicSegment, topicsOf } from './publish/topics.ts';
