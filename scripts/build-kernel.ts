/**
 * Builds `src/formats/tiff-kernel.c` to WebAssembly and writes it into `src/formats/tiff-kernel-bytes.ts`: `node
 * scripts/build-kernel.ts`, after every change of it. Needs clang with the target wasm32, and wasm-ld (Debian: clang, lld); set
 * `CLANG` and `WASM_LD` where they have other names. Whoever uses or installs Saryarka needs neither.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { CLANG = 'clang', WASM_LD = 'wasm-ld' } = process.env;
/** The linker leaves what is below to the tables that have their places by number. */
const TABLES_END = 90112;
const STACK = 16384;

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'src/formats/tiff-kernel.c');
const folder = mkdtempSync(join(tmpdir(), 'kernel-'));
try {
  const [object, built] = [join(folder, 'kernel.o'), join(folder, 'kernel.wasm')];
  const target = ['--target=wasm32', '-msimd128', '-mbulk-memory', '-ffreestanding'];
  execFileSync(
    CLANG,
    [
      ...target,
      '-O2',
      '-fno-vectorize',
      '-fno-slp-vectorize',
      '-fno-unroll-loops',
      '-Wall',
      '-Wextra',
      '-Werror',
      '-c',
      source,
      '-o',
      object,
    ],
    { stdio: 'inherit' },
  );
  const link = ['--no-entry', '--strip-all', `--global-base=${TABLES_END}`, '-z', `stack-size=${STACK}`];
  execFileSync(WASM_LD, [...link, object, '-o', built], { stdio: 'inherit' });
  const digest = createHash('sha256').update(readFileSync(source)).digest('hex');
  writeFileSync(
    join(root, 'src/formats/tiff-kernel-bytes.ts'),
    `/** What \`scripts/build-kernel.ts\` made of tiff-kernel.c: do not edit. */

/** SHA-256 of the source. */
export const KERNEL_SOURCE = '${digest}';

/** The WebAssembly module, base64. */
export const KERNEL_BYTES =
  '${readFileSync(built).toString('base64')}';
`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
