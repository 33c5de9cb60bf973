/**
 * Indicators that can be computed, and computations under way: OGC API - Processes 1.0 (OGC 18-062r2) under `/ogc`.
 *
 *     POST /ogc/processes/land-cover/execution   { "inputs": { "site": "almaty", "land-cover": ["lc_2000.tif", "lc_2020.tif"] } }
 */
import { z } from 'zod';
import { executeBody, jobList, jobStatus, jobsQuery, processDescription, processList } from '../api/jobs.ts';
import { noQuery } from '../api/places.ts';
import { t } from '../i18n/index.ts';
import { listSites } from '../store/sites.ts';
import { jobOrder } from './job-inputs.ts';
import { jobResult, type Picked, picked, statusOf } from './job-status.ts';
import { type Job, jobDesk } from './jobs.ts';
import { processInputs, processOutputs, processSummary } from './process-descriptions.ts';
import { type Process, processes, processNamed, relatedTo } from './process-list.ts';
import { type Call, route } from './route.ts';

/** What of the standard is kept to. */
export const PROCESS_CLASSES: readonly string[] = ['core', 'ogc-process-description', 'json', 'job-list', 'dismiss'].map(
  (name) => `http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/${name}`,
);

const MISSING = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0';

const limitQuery = noQuery.extend({ limit: z.coerce.number().int().min(1).max(1000).optional() });

export const processRoutes = [
  route({
    method: 'get',
    path: '/ogc/processes',
    rule: 'reader somewhere',
    summary: 'The indicators that can be computed (OGC API - Processes)',
    query: limitQuery,
    reply: processList,
    handle: ({ query, request, lang }) => ({
      processes: processes.slice(0, query.limit ?? processes.length).map((one) => ({
        ...processSummary(one, lang),
        links: [link(request, `/ogc/processes/${one.id}`, 'self')],
      })),
      links: [link(request, '/ogc/processes', 'self')],
    }),
  }),
  route({
    method: 'get',
    path: '/ogc/processes/:process',
    rule: 'reader somewhere',
    summary: 'What goes into an indicator and what comes out',
    query: noQuery,
    reply: processDescription,
    handle: ({ context, visitor, params, request, lang }) => {
      const found = processNamed(params.process ?? '');
      if (found === null) return exception(404, 'no-such-process', params.process ?? '');
      const sites = listSites(context.db, 'biosphere-reserve').map(({ id }) => id);
      return {
        ...processSummary(found, lang),
        inputs: processInputs(
          found,
          sites.filter((id) => visitor.may('reader', id)),
          lang,
        ),
        outputs: processOutputs(lang),
        links: [
          link(request, `/ogc/processes/${found.id}`, 'self'),
          link(request, `/ogc/processes/${found.id}/execution`, 'http://www.opengis.net/def/rel/ogc/1.0/execute'),
          ...relatedTo(found).map(({ id }) => ({
            ...link(request, `/ogc/processes/${id}`, 'related'),
            title: t(lang, `jobs.process.${id}`),
          })),
        ],
      };
    },
  }),
  route({
    method: 'post',
    path: '/ogc/processes/:process/execution',
    rule: 'contributor somewhere',
    summary: 'Computes an indicator for a site that the caller may add to; always in the background: the reply names the job',
    body: executeBody,
    reply: jobStatus,
    handle: (call) => {
      const found = processNamed(call.params.process ?? '');
      if (found === null) return exception(404, 'no-such-process', call.params.process ?? '');
      return started(call, found);
    },
  }),
  route({
    method: 'get',
    path: '/ogc/jobs',
    rule: 'reader somewhere',
    summary: 'Computations under way and done since the server started, at sites that the caller may read',
    query: jobsQuery,
    reply: jobList,
    handle: ({ context, visitor, query, request, lang }) => {
      const own = jobDesk(context.db)
        .list()
        .filter(({ site }) => visitor.may('reader', site));
      const { limit, ...asked } = query;
      const chosen = picked(own, asked as Picked);
      return {
        jobs: chosen.slice(0, limit).map((job) => statusOf(job, request, lang)),
        links: [link(request, '/ogc/jobs', 'self')],
      };
    },
  }),
  route({
    method: 'get',
    path: '/ogc/jobs/:job',
    rule: 'reader somewhere',
    summary: 'How far a computation is',
    query: noQuery,
    reply: jobStatus,
    handle: (call) => {
      const job = jobOf(call);
      return job === null ? exception(404, 'no-such-job', call.params.job ?? '') : statusOf(job, call.request, call.lang);
    },
  }),
  route({
    method: 'get',
    path: '/ogc/jobs/:job/results',
    rule: 'reader somewhere',
    summary: 'The run of a computation with its figures and maps, once it is done',
    query: noQuery,
    reply: z.looseObject({}),
    handle: (call) => {
      const job = jobOf(call);
      if (job === null) return exception(404, 'no-such-job', call.params.job ?? '');
      if (job.state === 'accepted' || job.state === 'running') return exception(404, 'result-not-ready', job.id);
      if (job.state !== 'successful')
        return exception(job.state === 'failed' ? 500 : 404, `job-${job.state}`, statusOf(job, call.request, call.lang).message);
      return jobResult(call.context.db, job, call.request);
    },
  }),
  route({
    method: 'delete',
    path: '/ogc/jobs/:job',
    rule: 'contributor somewhere',
    summary: 'Stops a computation, or forgets one that is done; what the dossier keeps stays there',
    reply: jobStatus,
    handle: (call) => {
      const job = jobOf(call);
      if (job === null || !call.visitor.may('contributor', job.site)) return exception(404, 'no-such-job', call.params.job ?? '');
      const dismissed = jobDesk(call.context.db).dismiss(job.id) ?? job;
      return statusOf(dismissed, call.request, call.lang);
    },
  }),
];

function started(
  { context, visitor, body, request, lang }: Call<unknown, z.infer<typeof executeBody>>,
  indicator: Process,
): Response {
  const job = jobDesk(context.db).start({ ...jobOrder(context, visitor, indicator, body.inputs), response: body.response });
  const headers: Record<string, string> = { location: new URL(`/ogc/jobs/${job.id}`, request.url).href };
  if (/\brespond-async\b/.test(request.headers.get('prefer') ?? '')) headers['preference-applied'] = 'respond-async';
  return Response.json(statusOf(job, request, lang), { status: 201, headers });
}

/** The job, where the caller may know of it. */
function jobOf({ context, visitor, params }: Pick<Call<unknown, unknown>, 'context' | 'visitor' | 'params'>): Job | null {
  const job = jobDesk(context.db).find(params.job ?? '');
  return job === null || !visitor.may('reader', job.site) ? null : job;
}

/** RFC 7807, with the names that the standard gives. */
function exception(status: number, name: string, detail: string): Response {
  const body = { type: `${MISSING}/${name}`, title: name, status, detail, code: 'not-found', message: detail };
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } });
}

function link(request: Request, path: string, rel: string): { href: string; rel: string; type: string } {
  return { href: new URL(path, request.url).href, rel, type: 'application/json' };
}
