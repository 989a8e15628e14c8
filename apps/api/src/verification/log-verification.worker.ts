import { parentPort, workerData } from 'node:worker_threads';
import { isJudgement } from '@ceasewatch/auditor/flaw';
import { KeptHeads, readKeptHead } from '@ceasewatch/auditor/kept-head';
import { LogFile } from '@ceasewatch/auditor/log-file';
import { type VerifiedLog, verifyLog } from '@ceasewatch/auditor/verify-log';
import { compareReadModel, NoRoom } from './compare-read-model.ts';
import type { VerificationMessage, VerificationTask } from './verification-messages.ts';

/**
 * The auditor's walk over the node's own log, and then the node's rows beside a rebuild, in a thread of its
 * own. It runs the same program as the command line; whoever does not trust this machine runs that elsewhere.
 */
type Outcome = Extract<VerificationMessage, { readonly verified: VerifiedLog }>;

const { folder, from, expected }: VerificationTask = workerData;

function verified(): VerifiedLog {
  const file = new LogFile(folder);
  try {
    const heads = new KeptHeads(expected === undefined ? [] : [readKeptHead(expected)]);
    return verifyLog(file, { from, heads }, (reached) => tell({ phase: 'log', reached }));
  } finally {
    file.close();
  }
}

function tell(message: VerificationMessage): void {
  parentPort?.postMessage(message);
}

const log = verified();
// From events that are other than they were written nothing is rebuilt: their reader stops at the damage.
const OF_NO_EVENT = ['other_head', 'file_altered'];
const isAsWritten =
  log.last >= 0 &&
  Object.keys(log.flaws.byKind).every((kind) => isJudgement(kind) || OF_NO_EVENT.includes(kind));

/** What was found in the log is told, also where its rows cannot be built again. */
function compared(): Pick<Outcome, 'readModel' | 'notCompared'> {
  try {
    return {
      readModel: compareReadModel(folder, folder, (reached) =>
        tell({ phase: 'read_model', reached }),
      ),
    };
  } catch (error) {
    if (!(error instanceof NoRoom)) throw error;
    return { notCompared: error.message };
  }
}

tell({ verified: log, ...(isAsWritten ? compared() : {}) });
