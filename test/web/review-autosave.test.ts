import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { autosave, type Failure, type Stored, type Typed } from '../../web/screens/review-autosave.ts';

/** A server with one text, as several pages see it. */
function server(text = 'Before.') {
  let stored: Stored = { text, confidential: false, version: '1', by: '' };
  const sent: string[] = [];
  const changed: Failure = { code: 'changed-meanwhile', status: 412, message: 'changed' };
  const lost: Failure = { code: 'no-connection', status: 0, message: 'lost' };
  let failure: Failure | null = null;
  return {
    sent,
    now: () => stored,
    fail(next: Failure | null) {
      failure = next;
    },
    lost,
    async send({ text: next, confidential }: Typed, version: string): Promise<Stored> {
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (failure !== null) throw failure;
      if (version !== stored.version) throw changed;
      stored = { text: next.trim(), confidential, version: String(Number(stored.version) + 1), by: '' };
      sent.push(next);
      return stored;
    },
    async look(): Promise<Stored> {
      if (failure !== null) throw failure;
      return stored;
    },
  };
}

type Draft = Typed & { version: string; conflict: boolean };

/** A page with an open editor, and what it keeps on its machine. */
function page(own: ReturnType<typeof server>, draft: Draft | null = null) {
  const machine: { draft: Draft | null } = { draft };
  const editor = autosave({
    stored: own.now(),
    draft,
    keep(typed) {
      machine.draft = typed;
      return true;
    },
    forget() {
      machine.draft = null;
    },
    send: own.send,
    look: own.look,
    pause: 1000,
    every: 5000,
  });
  return { editor, machine };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a text is sent when the typing pauses, once, and the copy here is given up only then', async () => {
  const own = server();
  const { editor, machine } = page(own);
  for (const text of ['A', 'Af', 'After.']) {
    editor.edit(text);
    await vi.advanceTimersByTimeAsync(300);
  }
  expect(own.sent).toEqual([]);
  expect(machine.draft?.text).toBe('After.');
  await vi.advanceTimersByTimeAsync(1100);
  expect(own.sent).toEqual(['After.']);
  expect(machine.draft).toBeNull();
  expect(editor.state.value).toBe('same');
});

test('whoever types on is saved no oftener than the audit can bear, and nothing of it is lost', async () => {
  const own = server();
  const { editor } = page(own);
  for (let i = 1; i <= 60; i += 1) {
    editor.edit('x'.repeat(i));
    await vi.advanceTimersByTimeAsync(1200);
  }
  await vi.advanceTimersByTimeAsync(6000);
  expect(own.sent.length).toBeLessThanOrEqual(16);
  expect(own.sent.length).toBeGreaterThan(5);
  expect(own.now().text).toBe('x'.repeat(60));
});

test('what is as it was is not sent', async () => {
  const own = server();
  const { editor, machine } = page(own);
  editor.edit('Before. More.');
  editor.edit('Before.\n');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(own.sent).toEqual([]);
  expect(machine.draft).toBeNull();
});

test('without a connection the text stays here and is sent when there is one', async () => {
  const own = server();
  const { editor, machine } = page(own);
  own.fail(own.lost);
  editor.edit('Offline.');
  await vi.advanceTimersByTimeAsync(1100);
  expect(editor.state.value).toBe('waiting');
  expect(machine.draft?.text).toBe('Offline.');
  own.fail(null);
  await vi.advanceTimersByTimeAsync(16_000);
  expect(own.now().text).toBe('Offline.');
  expect(machine.draft).toBeNull();
});

test('a text that was kept here is sent when the page is opened again', async () => {
  const own = server();
  const { machine } = page(own, { text: 'Kept.', confidential: false, version: '1', conflict: false });
  await vi.advanceTimersByTimeAsync(200);
  expect(own.now().text).toBe('Kept.');
  expect(machine.draft).toBeNull();
});

test('a text that arrived without our hearing of it is no conflict, and writing goes on', async () => {
  const own = server();
  const { editor, machine } = page({
    ...own,
    async send(typed, version) {
      const stored = await own.send(typed, version);
      if (own.sent.length === 1) throw own.lost;
      return stored;
    },
  });
  editor.edit('One.');
  await vi.advanceTimersByTimeAsync(1100);
  expect(editor.state.value).toBe('waiting');
  editor.edit('One. Two.');
  await vi.advanceTimersByTimeAsync(30_000);
  expect(editor.state.value).toBe('same');
  expect(own.now().text).toBe('One. Two.');
  expect(machine.draft).toBeNull();
});

test('a conflict that cannot be looked at yet is looked at later', async () => {
  const own = server();
  const [one, two] = [page(own), page({ ...own, look: () => (blind ? Promise.reject(own.lost) : own.look()) })];
  let blind = true;
  one.editor.edit('One.');
  await vi.advanceTimersByTimeAsync(1100);
  two.editor.edit('Two.');
  await vi.advanceTimersByTimeAsync(1100);
  expect(two.editor.state.value).toBe('waiting');
  expect(two.machine.draft?.text).toBe('Two.');
  blind = false;
  await vi.advanceTimersByTimeAsync(16_000);
  expect(two.editor.state.value).toBe('conflict');
  expect(own.now().text).toBe('One.');
});

describe('somebody else was faster', () => {
  async function both() {
    const own = server();
    const [one, two] = [page(own), page(own)];
    one.editor.edit('One.');
    await vi.advanceTimersByTimeAsync(1100);
    two.editor.edit('Two.');
    await vi.advanceTimersByTimeAsync(1100);
    return { own, one, two };
  }

  test('nothing is overwritten, and both texts are there to see', async () => {
    const { own, two } = await both();
    expect(own.now().text).toBe('One.');
    expect(two.editor.state.value).toBe('conflict');
    expect(two.editor.theirs.value?.text).toBe('One.');
    expect(two.machine.draft).toMatchObject({ text: 'Two.', conflict: true });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(own.now().text).toBe('One.');
  });

  test('mine is taken knowingly', async () => {
    const { own, two } = await both();
    void two.editor.takeInstead('Two.');
    await vi.advanceTimersByTimeAsync(100);
    expect(own.now().text).toBe('Two.');
    expect(two.machine.draft).toBeNull();
  });

  test('theirs is taken, and writing goes on from there', async () => {
    const { own, two } = await both();
    two.editor.takeTheirs();
    expect(two.editor.text.value).toBe('One.');
    two.editor.edit('One. Two.');
    await vi.advanceTimersByTimeAsync(6000);
    expect(own.now().text).toBe('One. Two.');
  });

  test('a third text meanwhile is a conflict again', async () => {
    const { own, one, two } = await both();
    one.editor.edit('One, again.');
    await vi.advanceTimersByTimeAsync(6000);
    void two.editor.takeInstead('One. Two.');
    await vi.advanceTimersByTimeAsync(100);
    expect(two.editor.state.value).toBe('conflict');
    expect(two.editor.theirs.value?.text).toBe('One, again.');
    expect(own.now().text).toBe('One, again.');
  });

  test('a copy kept here that is older than what is stored is held against it, not sent', async () => {
    const own = server();
    const first = page(own);
    first.editor.edit('Newer.');
    await vi.advanceTimersByTimeAsync(1100);
    const { editor } = page(own, { text: 'Kept.', confidential: false, version: '1', conflict: false });
    await vi.advanceTimersByTimeAsync(5000);
    expect(editor.state.value).toBe('conflict');
    expect(own.now().text).toBe('Newer.');
  });
});

test('a newer text is taken over where nothing was typed, and left alone where something was', async () => {
  const own = server();
  const [one, idle, busy] = [page(own), page(own), page(own)];
  one.editor.edit('One.');
  await vi.advanceTimersByTimeAsync(1100);
  busy.editor.edit('Busy.');
  await Promise.all([idle.editor.refresh(), busy.editor.refresh()]);
  expect(idle.editor.text.value).toBe('One.');
  expect(busy.editor.text.value).toBe('Busy.');
});
