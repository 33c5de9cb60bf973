/** `saryarka life read`: what a file of records holds, and what the rules found in it, without a dossier. */
export async function lifeRead(_file: string, _options: Record<string, unknown>): Promise<number> {
  return 0;
}
