/**
 * Blocks to PDF: A4, tagged, with bookmarks, footnotes and fonts of its own; the same bytes for the same blocks on every
 * machine, because the same WebAssembly sets them everywhere.
 *
 *     const bytes = await renderPdf(blocks, 'kk', { title, author, date: '2026-11-23' });
 */
import { createRequire } from 'node:module';
import type { TypstCompiler } from '@myriaddreamin/typst-ts-web-compiler';
import { listFiles, readSource, shippedPath } from '../formats/source-node.ts';
import type { Lang } from '../types.ts';
import type { Block, Imprint } from './blocks.ts';
import { pdfData } from './pdf-data.ts';
import { TEMPLATE } from './pdf-template.ts';

const MAIN = '/main.typ';
/** Of what `compile` gives back: the words of what went wrong, with their places. */
const FULL_DIAGNOSTICS = 2;

/**
 * A whole document in `lang`.
 * @throws RangeError when a note, table or figure that is referred to is not there, or the date of the imprint is none: faults of ours.
 */
export async function renderPdf(blocks: Block[], lang: Lang, imprint: Imprint): Promise<Uint8Array> {
  const data = pdfData(blocks, lang, imprint);
  const compiler = await typesetter();
  try {
    compiler.add_source(MAIN, TEMPLATE);
    compiler.map_shadow('/document.json', new TextEncoder().encode(JSON.stringify(data)));
    const { result, diagnostics } = compiler.compile(MAIN, undefined, 'pdf', FULL_DIAGNOSTICS) as {
      result?: Uint8Array;
      diagnostics?: unknown;
    };
    if (result === undefined) throw new Error(`the document was not set: ${JSON.stringify(diagnostics)}`);
    return result;
  } finally {
    compiler.free();
  }
}

/** The WebAssembly is read and compiled once, for the first document. */
let started: Promise<typeof import('@myriaddreamin/typst-ts-web-compiler')> | undefined;

/** A compiler with the fonts that ship with Saryarka and with no other file, font or address in its reach. */
async function typesetter(): Promise<TypstCompiler> {
  started ??= import('@myriaddreamin/typst-ts-web-compiler').then(async (typst) => {
    const wasm = createRequire(import.meta.url).resolve('@myriaddreamin/typst-ts-web-compiler/wasm');
    await typst.default({ module_or_path: readSource(wasm).bytes as Uint8Array<ArrayBuffer> });
    return typst;
  });
  const { TypstCompilerBuilder } = await started;
  const builder = new TypstCompilerBuilder();
  builder.set_dummy_access_model();
  for (const name of listFiles(shippedPath('data', 'fonts'), '.ttf')) {
    await builder.add_raw_font(readSource(shippedPath('data', 'fonts', name)).bytes);
  }
  return builder.build();
}
