/**
 * What an OpenDocument spreadsheet hides: its reader does not tell. OpenDocument 1.3 part 3, 17.15 (`table:display`) and 19.749
 * (`table:visibility`).
 *
 *     hiddenParts(contentXml)[0]   // { hidden: false, rows: Set { 7 } }
 */
import sax from 'sax';

interface HiddenParts {
  hidden: boolean;
  /** Indices of hidden rows, 0 for the first. */
  rows: ReadonlySet<number>;
}

/** A run of hidden rows that is longer is the empty rest of the sheet. */
const LONGEST_RUN = 100_000;

/** For each table of `content.xml`, in its order, what is hidden. */
export function hiddenParts(xml: string): HiddenParts[] {
  const parser = sax.parser(true);
  const hiddenStyles = new Set<string>();
  const tables: { style: string; rows: Set<number> }[] = [];
  let style = '';
  let row = 0;
  let depth = 0; // a table may stand in a cell
  parser.onopentag = ({ name, attributes }) => {
    const at = attributes as Record<string, string>;
    if (name === 'style:style') style = at['style:name'] ?? '';
    else if (name === 'style:table-properties' && at['table:display'] === 'false') hiddenStyles.add(style);
    else if (name === 'table:table') {
      depth += 1;
      if (depth > 1) return;
      tables.push({ style: at['table:style-name'] ?? '', rows: new Set() });
      row = 0;
    } else if (name === 'table:table-row' && depth === 1) {
      const repeated = Number(at['table:number-rows-repeated'] ?? 1);
      const isHidden = at['table:visibility'] === 'collapse' || at['table:visibility'] === 'filter';
      if (isHidden && repeated < LONGEST_RUN) for (let i = 0; i < repeated; i++) tables.at(-1)?.rows.add(row + i);
      row += repeated;
    }
  };
  parser.onclosetag = (name) => {
    if (name === 'table:table') depth -= 1;
  };
  parser.write(xml).close();
  return tables.map(({ style: own, rows }) => ({ hidden: hiddenStyles.has(own), rows }));
}
