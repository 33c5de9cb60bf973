/** The whole of a document analysis, out of the dossier and into it. */
import type { Analysis, KeptProject } from '../evidence/analysis.ts';
import { codeTree, flatCodes } from '../evidence/codebook.ts';
import type { Id, Source } from '../types.ts';
import { putSource } from './catalogue.ts';
import {
  listCoders,
  listCodes,
  listCodings,
  listMemos,
  listPassages,
  putCode,
  putCoder,
  putCoding,
  putMemo,
  putPassage,
} from './coding.ts';
import { all, type Db, get, transaction } from './db.ts';
import { listSourceTexts, putSourceText } from './source-texts.ts';
import { type Change, putSetting } from './write.ts';

/** What another program's projects said that has no table. */
const PROJECTS = 'exchange-projects';

/** All that was read and coded. Sources are those that have a text or a reference. */
export function loadAnalysis(db: Db): Analysis {
  return {
    sources: all<Source>(
      db,
      `select s.id, s.title, s.href, s.lang, s.kind, s.licence, s.note from sources s join source_texts t on t.id = s.id order by t.fid`,
    ),
    texts: listSourceTexts(db),
    codes: listCodes(db),
    coders: listCoders(db),
    passages: listPassages(db),
    codings: listCodings(db),
    memos: listMemos(db),
    projects: projectsOf(db),
  };
}

function projectsOf(db: Db): KeptProject[] {
  const kept = get<{ value: string }>(db, 'select value from dossier where key = ?', [PROJECTS])?.value;
  return kept === undefined ? [] : JSON.parse(kept);
}

export type AnalysisChanges = Record<Exclude<keyof Analysis, 'projects' | 'sources'>, Record<Change, number>>;

/** Adds or changes rows; nothing that is not among them is removed. @param files of sources, by their ids */
export function saveAnalysis(
  db: Db,
  by: string,
  rows: Analysis,
  files: ReadonlyMap<Id, Uint8Array> = new Map(),
): AnalysisChanges {
  const none = (): Record<Change, number> => ({ added: 0, changed: 0, same: 0 });
  const changes: AnalysisChanges = {
    texts: none(),
    codes: none(),
    coders: none(),
    passages: none(),
    codings: none(),
    memos: none(),
  };
  const tell = (table: keyof AnalysisChanges, change: Change): void => {
    changes[table][change] += 1;
  };
  transaction(db, () => {
    for (const source of rows.sources) putSource(db, by, source);
    for (const text of rows.texts) tell('texts', putSourceText(db, by, text, files.get(text.id)));
    for (const coder of rows.coders) tell('coders', putCoder(db, by, coder));
    for (const { depth: _, children: __, ...code } of flatCodes(codeTree(rows.codes))) tell('codes', putCode(db, by, code)); // parents first
    for (const passage of rows.passages) tell('passages', putPassage(db, by, passage));
    for (const coding of rows.codings) tell('codings', putCoding(db, by, coding));
    for (const memo of rows.memos) tell('memos', putMemo(db, by, memo));
    const known = projectsOf(db);
    const sameProject = (a: KeptProject) => (b: KeptProject) => a.name === b.name && a.origin === b.origin;
    const others = known.filter((one) => !rows.projects.some(sameProject(one)));
    const isNew = rows.projects.some((one) => JSON.stringify(known.find(sameProject(one))) !== JSON.stringify(one));
    if (isNew) putSetting(db, by, PROJECTS, JSON.stringify([...others, ...rows.projects]));
  });
  return changes;
}
