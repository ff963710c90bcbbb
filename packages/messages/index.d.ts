/* Written by `npm run docs` from src/publish/schema. */

import type { StatusMessage } from './types/status.js';
import type { SetAsideMessage } from './types/set-aside.js';
import type { TileMessage } from './types/tile.js';
import type { ProgressMessage } from './types/progress.js';
import type { SummaryMessage } from './types/summary.js';

export type { StatusMessage } from './types/status.js';
export type { SetAsideMessage } from './types/set-aside.js';
export type { TileMessage } from './types/tile.js';
export type { ProgressMessage } from './types/progress.js';
export type { SummaryMessage } from './types/summary.js';
export type { DescribeRequest } from './types/command-describe.js';
export type { DescribeAnswer } from './types/answer-describe.js';
export type { ExpectRequest } from './types/command-expect.js';
export type { ExpectAnswer } from './types/answer-expect.js';
export type { FinaliseRequest } from './types/command-finalise.js';
export type { FinaliseAnswer } from './types/answer-finalise.js';
export type { ReanalyseRequest } from './types/command-reanalyse.js';
export type { ReanalyseAnswer } from './types/answer-reanalyse.js';
export type { ReportRequest } from './types/command-report.js';
export type { ReportAnswer } from './types/answer-report.js';
export type { ReviewRequest } from './types/command-review.js';
export type { ReviewAnswer } from './types/answer-review.js';

/** Any message; its `schema` says which. */
export type Message = StatusMessage | SetAsideMessage | TileMessage | ProgressMessage | SummaryMessage;
