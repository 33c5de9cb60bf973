/**
 * Requests begin one after the other in the order they came, and between two of them the loop of events goes round: however many
 * wait, a new connection is taken, and a body that has arrived is read. Node takes one connection in a round; a round in which two
 * hundred requests are answered would leave the two hundred and first waiting for minutes.
 *
 *     const server = listen({ fetch: inTurn(app.fetch), port: 8080 });
 */
type Fetch<Env> = (request: Request, env: Env) => Response | Promise<Response>;

/** @param options.isEnding when it says so, the connection of each reply is closed with it */
export function inTurn<Env>(fetch: Fetch<Env>, { isEnding = () => false }: { isEnding?: () => boolean } = {}): Fetch<Env> {
  const waiting: (() => void)[] = [];
  let isGoing = false;
  const next = (): void => {
    waiting.shift()?.();
    isGoing = waiting.length > 0;
    if (isGoing) setImmediate(next);
  };
  const turn = (): Promise<void> =>
    new Promise((begin) => {
      waiting.push(begin);
      if (!isGoing) setImmediate(next);
      isGoing = true;
    });
  return async (request, env) => {
    await turn();
    const response = await fetch(request, env);
    if (isEnding()) response.headers.set('connection', 'close');
    return response;
  };
}
