/**
 * Small tables in every layout that is known by its header, written for these tests: nothing in them
 * happened. They have the oddities of the real ones: line breaks within quotes, periods, places known
 * only by a line, bounds that contradict their estimate, rows that stand twice.
 */
export interface Table {
  readonly layout: string;
  readonly rows: number;
  readonly csv: string;
}

export const NAGORNO_KARABAKH: Table = {
  layout: 'ucdp-nagorno-karabakh',
  rows: 5,
  csv: `id,source_article,source_date,deaths_side_a,deaths_side_b,deaths_civilian,deaths_unknown,deaths_low,deaths_high,side_a_name,side_b_name,location_root_name,location_adm1_name,location_adm2_name,location_where_name,start_date,end_date
900001,invented/1,1994-01-02 00:00,2,0,0,0,2,2,Side A,Side B,Azerbaijan,Shusha rayon,,Shusha town,1994-01-02,1994-01-02
900002,invented/2,2007-03-04 10:00,0,0,0,0,0,1,Side A,Side B,Azerbaijan,Fizuli rayon,,,2007-03-04,2007-03-04
900003,"invented/3,
second line",2015-05-06 00:00,8,0,2,0,4,40,Side A,Side B,Azerbaijan,,,Line of Contact,2015-05-06,2015-05-09
900004,invented/4,2016-07-08 00:00,1,1,0,1,3,3,Side A,Side B,Azerbaijan,,,line of contact near a river,2016-07-08,2016-07-08
900005,invented/5,2017-09-10 00:00,0,0,3,0,5,4,Side A,Side B,Azerbaijan,Tartar rayon,Tartar district,,2017-09-10,2017-09-10
`,
};

const GED_HEADER =
  'id,relid,conflict_name,dyad_name,number_of_sources,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,country,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low';

/** One row for each precision of a place, 1 to 7. */
export const EVENT_DATASET: Table = {
  layout: 'ucdp-ged',
  rows: 7,
  csv: `${GED_HEADER}
${[1, 2, 3, 4, 5, 6, 7].map(event).join('\n')}
`,
};

function event(precision: number): string {
  const place = `Place ${precision},"within, or near",Province,District,40.${precision},46.5,Country`;
  const day = `2019-02-0${precision}T00:00:00Z`;
  return `91000${precision},INV-${precision},Invented,A - B,1,${precision},${place},1,1,${day},${day},0,1,0,0,1,1,1`;
}

export const ATTACKS: Table = {
  layout: 'attacks',
  rows: 4,
  csv: `date,longitude,latitude,type
2006-01-02,44.50001,33.25001,SAF
2006-01-02,44.50001,33.25001,SAF
2006-01-03,43.1,34.2,IED
2006-02-28,43.2,34.3,Mortar
`,
};

/** Two dates in two formats, text from right to left, commas within quotes. */
export const ALERTS: Table = {
  layout: 'alerts',
  rows: 2,
  csv: `data,date,time,alertDate,category,category_desc,matrix_id,rid
"מקום 1, מקום 2",05.03.2015,07:08:09,2015-03-05T07:08:00,1,התרעה,1,1
מקום 3,05.03.2015,07:08:40,2015-03-05T07:09:00,2,התרעה,1,2
`,
};

export const TABLES: readonly Table[] = [NAGORNO_KARABAKH, EVENT_DATASET, ATTACKS, ALERTS];
