import type { AreaKind, Position, UnitKind } from '@ceasewatch/domain/centre/centre.events';
import type { Disclosed } from '@ceasewatch/domain/recorded-event';
import type { MayBeStale } from './answer.ts';

/** `GET /api/centre`. */
export interface CentreAnswer extends MayBeStale {
  readonly asOf: number;
  readonly log: string;
  readonly exercise: boolean;
  readonly name: Readonly<Record<string, string>>;
  readonly zone: string;
  readonly cutOff: string | null;
  readonly missionArea: readonly [number, number, number, number];
  readonly declinationMdeg: number | null;
  readonly contingents: readonly CentreContingent[];
  readonly units: readonly CentreUnit[];
  readonly areas: readonly CentreArea[];
  readonly officers: readonly CentreOfficer[];
  readonly places: readonly {
    readonly name: Readonly<Record<string, string>>;
    readonly aliases: readonly string[];
    readonly lat: number;
    readonly lon: number;
  }[];
  readonly ceasefire: CeasefireView | null;
  readonly annotations: readonly Annotation[];
  readonly sources: readonly CentreSource[];
}

export interface CentreUnit {
  readonly unit: string;
  readonly kind: UnitKind;
  readonly contingent: string | null;
  readonly name: string;
  readonly position: Position | null;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly lastReport: string | null;
}

export interface CentreArea {
  readonly area: string;
  readonly kind: AreaKind;
  readonly name: Readonly<Record<string, string>>;
  readonly shape: 'polygon' | 'line';
  readonly vertices: readonly (readonly [number, number])[];
  readonly from: string;
  readonly to: string | null;
}

export interface CentreStrength {
  readonly stage: 'announced' | 'authorised' | 'deployed' | 'observed';
  readonly value: number | null;
  readonly qualifier: 'exact' | 'about' | 'at_least' | null;
  readonly expandable: boolean;
  readonly asOf: string;
  readonly source: string | null;
}

export interface CentreContingent {
  readonly contingent: string;
  readonly name: Readonly<Record<string, string>>;
  readonly sign: 'square' | 'circle';
  readonly strength: readonly CentreStrength[];
}

export interface CentreOfficer {
  readonly officer: string;
  readonly contingent: string;
  readonly role: 'operator' | 'analyst' | 'auditor' | 'administrator';
  readonly unit: string | null;
  readonly name: Disclosed;
  readonly withdrawn: boolean;
}

export interface CentreSource {
  readonly title: string;
  readonly date: string | null;
}

export interface CeasefireView {
  readonly name: Readonly<Record<string, string>>;
  readonly parties: readonly {
    readonly party: string;
    readonly name: Readonly<Record<string, string>>;
    readonly roles: readonly string[];
  }[];
  readonly signedAt: string | null;
  readonly inForceAt: string;
  readonly publishedAt: string | null;
  readonly endedAt: string | null;
  readonly zone: string;
  readonly sources: readonly CentreSource[];
}

/** Something agreed or announced, drawn as a vertical line or band on the charts. */
export interface Annotation {
  readonly seq: number;
  readonly at: string;
  readonly to: string | null;
  readonly type: string;
  readonly label: string;
}
