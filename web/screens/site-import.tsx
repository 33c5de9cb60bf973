/**
 * A new zone map: dropped anywhere on the page or chosen with a button, read and mended by the server, looked at on the map,
 * and then taken or thrown away. The last one that was taken can be put back.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SiteDetail } from '../../src/api/sites.ts';
import type { ReadyZoneMap, ZoneMapQuestion, ZoneMapRequest } from '../../src/api/zone-maps.ts';
import { Refusal, write } from '../api.ts';
import type { Focus } from '../parts/map-layers.ts';
import { say } from '../words.ts';
import { Proposal } from './site-proposal.tsx';
import { Question } from './site-question.tsx';
import { droppedFiles, type FileToSend, propose, sendFiles } from './site-upload.ts';

interface Props {
  detail: SiteDetail;
  proposal: ReadyZoneMap | null;
  when: 'before' | 'after' | 'present';
  onWhen(when: 'before' | 'after' | 'present'): void;
  onFocus(focus: Focus | null): void;
  onProposal(proposal: ReadyZoneMap | null): void;
}

export function ZoneImport({ detail, proposal, when, onWhen, onFocus, onProposal }: Props) {
  const { site, undo } = detail;
  const [request, setRequest] = useState<ZoneMapRequest | null>(null);
  const [question, setQuestion] = useState<ZoneMapQuestion | null>(null);
  const [told, setTold] = useState('');
  const [refused, setRefused] = useState('');
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const result = useRef<HTMLElement>(null);
  const chooser = useRef<HTMLInputElement>(null);

  /** Does one thing at a time, and says what came of it. */
  const during = async (work: () => Promise<string>): Promise<void> => {
    setBusy(true);
    setRefused('');
    try {
      setTold(await work());
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setTold('');
      setRefused(error.message);
    }
    setBusy(false);
  };
  const ask = async (next: ZoneMapRequest): Promise<string> => {
    setRequest(next);
    const reply = await propose(site.id, next);
    setQuestion(reply.state === 'question' ? reply.question : null);
    onProposal(reply.state === 'ready' ? reply : null);
    requestAnimationFrame(() => result.current?.focus());
    return say(reply.state === 'ready' ? 'site.import.read' : 'site.import.asked');
  };
  const take = (files: FileToSend[]): void => {
    if (files.length === 0) return;
    onProposal(null);
    setQuestion(null);
    void during(async () => {
      setTold(say('site.import.sending', { done: 0, count: files.length }));
      const sent = await sendFiles(site.id, files, (done) => setTold(say('site.import.sending', { done, count: files.length })));
      setTold(say('site.import.reading'));
      return ask({ files: sent });
    });
  };
  useDrop(take, setOver);
  const accept = (ready: ReadyZoneMap): void =>
    void during(async () => {
      const path = `/api/sites/${encodeURIComponent(site.id)}/zone-map/${ready.id}/accept`;
      await write('post', path, undefined, { version: `"${ready.result.version}"` });
      onProposal(null);
      setRequest(null);
      chooser.current?.focus();
      return say('site.import.accepted');
    });
  const drop = (ready: ReadyZoneMap): void =>
    void during(async () => {
      onProposal(null);
      setRequest(null);
      await write('delete', `/api/sites/${encodeURIComponent(site.id)}/zone-map/${ready.id}`);
      chooser.current?.focus();
      return say('site.import.dropped');
    });
  const takeBack = (): void =>
    void during(async () => {
      await write('post', `/api/sites/${encodeURIComponent(site.id)}/zone-map/undo`);
      return say('site.import.undone');
    });
  return (
    <>
      <h2>{say('site.import.title')}</h2>
      <div class={over ? 'drop over' : 'drop'}>
        <label>
          {say('site.import.choose')}{' '}
          <input
            ref={chooser}
            type="file"
            multiple
            disabled={busy}
            onChange={({ currentTarget }) => {
              take([...(currentTarget.files ?? [])].map((file) => ({ name: file.name, size: file.size, blob: file })));
              currentTarget.value = '';
            }}
          />
          <span class="file">{say('site.import.file')}</span>
        </label>
        <p class="hint">{say('site.import.formats')}</p>
        {undo && proposal === null ? (
          <button type="button" disabled={busy} onClick={takeBack}>
            {say('site.import.undo')}
          </button>
        ) : null}
      </div>
      <p role="status">{told}</p>
      {refused === '' ? null : (
        <p class="finding error" role="alert">
          {refused}
        </p>
      )}
      <section ref={result} tabIndex={-1} aria-label={say('site.import.title')}>
        {question === null || request === null ? null : (
          <Question
            key={JSON.stringify(question)}
            question={question}
            busy={busy}
            onAnswer={(answer) => {
              const words = { ...request.words, ...answer.words };
              void during(() => ask({ ...request, ...answer, ...(Object.keys(words).length === 0 ? {} : { words }) }));
            }}
          />
        )}
        {proposal === null || request === null ? null : (
          <Proposal
            detail={detail}
            proposal={proposal}
            when={when}
            busy={busy}
            validFrom={request.validFrom ?? ''}
            onWhen={onWhen}
            onFocus={onFocus}
            onValidFrom={(validFrom) => {
              const { validFrom: _, ...rest } = request;
              void during(() => ask(validFrom === '' ? rest : { ...rest, validFrom }));
            }}
            onAccept={() => accept(proposal)}
            onDrop={() => drop(proposal)}
          />
        )}
      </section>
    </>
  );
}

/** Files dropped anywhere on the page. */
function useDrop(take: (files: FileToSend[]) => void, setOver: (over: boolean) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      void droppedFiles(event.dataTransfer).then((files) => latest.current(files));
    };
    document.addEventListener('dragover', onOver);
    document.addEventListener('dragleave', onLeave);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('dragover', onOver);
      document.removeEventListener('dragleave', onLeave);
      document.removeEventListener('drop', onDrop);
    };
  }, [setOver]);
}
