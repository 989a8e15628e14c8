import type { SealedData } from '../event-log/seal-event.ts';
import type { TableRow } from './table-reading.ts';

/**
 * Rows on their way from the thread that reads a table. A copy between threads costs by the object, and
 * a row is a few dozen of them: here a batch is one text, what each row says and what was sealed of it
 * texts as they stand, and the secrets in one piece.
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

/** The disclosures of what is sealed; null where it discloses nothing. */
type Packed =
  | Extract<TableRow, { refused: unknown }>
  | (Omit<Extract<TableRow, { reading: unknown }>, 'sealed' | 'reading'> & {
      readonly sealed?: readonly string[] | null;
    });

export function packRows(rows: readonly TableRow[]): RowParcel {
  const readings: string[] = [];
  const texts: string[] = [];
  const secrets: Uint8Array[] = [];
  const packed = rows.map((row): Packed => {
    if ('refused' in row) return row;
    const { sealed, reading, ...rest } = row;
    readings.push(JSON.stringify(reading()));
    if (sealed === undefined) return rest;
    texts.push(sealed.text);
    if (sealed.vault !== undefined) secrets.push(sealed.vault.secret);
    return { ...rest, sealed: sealed.vault?.disclosures ?? null };
  });
  return {
    rows: JSON.stringify(packed),
    readings,
    texts,
    secrets: Uint8Array.from(Buffer.concat(secrets)),
  };
}

export function unpackRows({ rows, readings, texts, secrets }: RowParcel): readonly TableRow[] {
  const packed: readonly Packed[] = JSON.parse(rows);
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
