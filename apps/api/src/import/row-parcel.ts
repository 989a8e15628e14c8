import type { SealedData } from '../event-log/seal-event.ts';
import type { TableRow } from './table-reading.ts';

/**
 * Rows on their way from the thread that reads a table. A copy between threads costs by the object, and
 * a row is a few dozen of them: each is packed into a few texts as soon as it is read, and a batch is one
 * text of the rows, what each says and what was sealed of it as they stand, and the secrets in one piece.
 */
export interface RowParcel {
  /** JSON of the rows; of what is sealed only the disclosures. */
  readonly rows: string;
  /** JSON of the readings, in order. */
  readonly readings: readonly string[];
  /** Canonical JSON of the data of each sealed row, in order. */
  readonly texts: readonly string[];
  /** Of each sealed row that discloses something, in order, all of one length. */
  readonly secrets: Uint8Array<ArrayBuffer>;
}

export interface PackedRow {
  /** Empty where the row was refused. */
  readonly id: string;
  readonly row: string;
  readonly reading?: string;
  readonly text?: string;
  readonly secret?: Uint8Array;
}

/** The disclosures of what is sealed; null where it discloses nothing. */
type Told =
  | Extract<TableRow, { refused: unknown }>
  | (Omit<Extract<TableRow, { reading: unknown }>, 'sealed' | 'reading'> & {
      readonly sealed?: readonly string[] | null;
    });

export function packRow(row: TableRow): PackedRow {
  if ('refused' in row) return { id: '', row: JSON.stringify(row satisfies Told) };
  const { sealed, reading, ...rest } = row;
  const packed = { id: row.id, reading: JSON.stringify(reading()) };
  if (sealed === undefined) return { ...packed, row: JSON.stringify(rest satisfies Told) };
  const { text, vault } = sealed;
  const told: Told = { ...rest, sealed: vault?.disclosures ?? null };
  const secret = vault === undefined ? {} : { secret: vault.secret };
  return { ...packed, row: JSON.stringify(told), text, ...secret };
}

export function parcelOf(packed: readonly PackedRow[]): RowParcel {
  const secrets = packed.flatMap(({ secret }) => secret ?? []);
  return {
    rows: `[${packed.map(({ row }) => row).join()}]`,
    readings: packed.flatMap(({ reading }) => reading ?? []),
    texts: packed.flatMap(({ text }) => text ?? []),
    secrets: Uint8Array.from(Buffer.concat(secrets)),
  };
}

export function unpackRows({ rows, readings, texts, secrets }: RowParcel): readonly TableRow[] {
  const packed: readonly Told[] = JSON.parse(rows);
  const disclosing = packed.filter((row) => 'sealed' in row && row.sealed !== null).length;
  const length = disclosing === 0 ? 0 : secrets.length / disclosing;
  let [readingAt, sealedAt, secretAt] = [0, 0, 0];
  const sealedOf = (disclosures: readonly string[] | null): SealedData => {
    const text = texts[sealedAt++] ?? '';
    // Canonical JSON says all there is to say of the data.
    const data: SealedData['data'] = JSON.parse(text);
    if (disclosures === null) return { data, text };
    const secret = secrets.subarray(secretAt, (secretAt += length));
    return { data, text, vault: { secret, disclosures } };
  };
  return packed.map((row): TableRow => {
    if ('refused' in row) return row;
    const { sealed, ...rest } = row;
    const text = readings[readingAt++] ?? '';
    const found = { ...rest, reading: () => JSON.parse(text) };
    return sealed === undefined ? found : { ...found, sealed: sealedOf(sealed) };
  });
}
