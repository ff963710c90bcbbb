import { messageExamples } from '../../src/publish/schema/message-examples.ts';

/** How a daemon does. */
export const statusExample = messageExamples.status;
