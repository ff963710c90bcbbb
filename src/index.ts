/** What a controller written in TypeScript imports: the messages that particled publishes, and their topics. */
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
export { progressSchema } from './publish/schema-progress.ts';
export { setAsideSchema } from './publish/schema-set-aside.ts';
export { statusSchema } from './publish/schema-status.ts';
export { summarySchema } from './publish/schema-summary.ts';
export { tileSchema } from './publish/schema-tile.ts';
export { type RunTopics, type Topics, topicSegment, topicsOf } from './publish/topics.ts';
