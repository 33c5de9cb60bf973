/** `saryarka life import`: records of species into a dossier. */
export async function lifeImport(_dossier: string, _file: string, _options: Record<string, unknown>): Promise<number> {
  return 0;
}
export async function lifeUndo(
  _dossier: string,
  _dataset: string | undefined,
  _options: Record<string, unknown>,
): Promise<number> {
  return 0;
}
