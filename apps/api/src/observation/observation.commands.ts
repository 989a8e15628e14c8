import { Command } from '@nestjs/cqrs';
import type {
  ObservationCorrection,
  ObservationReinstatement,
  ObservationRetraction,
  ReportContent,
} from '@ceasewatch/domain/observation/observation.report';
import type { Actor } from '@ceasewatch/domain/recorded-event';
import type { Receipt } from '../contract.ts';

/** A receipt as the log can give it; the short number is the read model's. */
export type LogReceipt = Omit<Receipt, 'number'> & {
  /** The first answer again: this command was known. */
  readonly replayed: boolean;
};

export class RecordObservation extends Command<LogReceipt> {
  constructor(
    readonly actor: Actor,
    /** The command's id, and so the observation's. */
    readonly id: string,
    readonly body: ReportContent,
    /** The generator's time; exercise logs only. */
    readonly at?: string,
  ) {
    super();
  }
}

export class CorrectObservation extends Command<LogReceipt> {
  constructor(
    readonly actor: Actor,
    readonly id: string,
    readonly observation: string,
    readonly body: Omit<ObservationCorrection, 'id'>,
    readonly expectedRevision?: number,
    readonly at?: string,
  ) {
    super();
  }
}

export class RetractObservation extends Command<LogReceipt> {
  constructor(
    readonly actor: Actor,
    readonly id: string,
    readonly observation: string,
    readonly body: Omit<ObservationRetraction, 'id'>,
    readonly expectedRevision?: number,
    readonly at?: string,
  ) {
    super();
  }
}

export class ReinstateObservation extends Command<LogReceipt> {
  constructor(
    readonly actor: Actor,
    readonly id: string,
    readonly observation: string,
    readonly body: Omit<ObservationReinstatement, 'id'>,
    readonly expectedRevision?: number,
    readonly at?: string,
  ) {
    super();
  }
}
