/** The periodic review as it is worked on: contents with the state of each section on the left, one section on the right. */
import { useEffect, useState } from 'preact/hooks';
import type { ReviewOutline } from '../../src/api/review.ts';
import type { Lang } from '../../src/types.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { address, go } from '../router.ts';
import { lang, languages, named, say } from '../words.ts';
import './review.css';
import { sectionAt, sectionHref } from './review-address.ts';
import { ReviewContents } from './review-contents.tsx';
import { ReviewOverview } from './review-overview.tsx';
import { ReviewSectionView } from './review-section.tsx';
import { textName, UnsentTexts } from './review-unsent.tsx';

export function Review({ site = '', section: place }: Record<string, string>) {
  const section = sectionAt(place);
  const written = reviewLang(site);
  const outline = useResource<ReviewOutline>(`/api/sites/${encodeURIComponent(site)}/review?in=${written}`);
  const [shown, setShown] = useState(false);
  // whoever chose a section wants to see it, not the contents
  useEffect(() => setShown(false), [section]);
  if (outline.value === null) return <Waiting resource={outline} />;
  const { site: about, form } = outline.value;
  document.title = `${say('review-page.title')} · ${named(about.name)} · Saryarka`;
  return (
    <div class="review">
      <header class="review-head">
        <h1>{named(about.name)}</h1>
        <p class="lead">{form.title}</p>
        <LanguageOfReview site={site} section={section} written={written} />
      </header>
      <UnsentTexts site={site} open={section === undefined ? '' : textName({ section, lang: written })} />
      <div class="review-desk">
        <div class={`review-side${shown ? '' : ' shut'}`}>
          <button type="button" class="review-toggle" aria-expanded={shown} onClick={() => setShown(!shown)}>
            {say('review-page.contents')}
          </button>
          <ReviewContents outline={outline.value} current={section} />
        </div>
        <div class="review-main">
          {section === undefined ? (
            <ReviewOverview outline={outline.value} />
          ) : (
            <ReviewSectionView key={`${section} ${written}`} outline={outline.value} section={section} />
          )}
        </div>
      </div>
    </div>
  );
}

/** The language in which the review of a site is written: as the address says, as chosen before, or that of the pages. */
function reviewLang(site: string): Lang {
  const asked = address.value.searchParams.get('in') ?? localStorage.getItem(`review-in ${site}`);
  return languages.find((one) => one === asked) ?? lang.value;
}

function LanguageOfReview({ site, section, written }: { site: string; section: string | undefined; written: Lang }) {
  return (
    <label class="review-lang">
      {say('review-page.language')}{' '}
      <select
        value={written}
        onChange={({ currentTarget: { value } }) => {
          localStorage.setItem(`review-in ${site}`, value);
          go(sectionHref(site, section, value as Lang), { replace: true });
        }}
      >
        {languages.map((one) => (
          <option key={one} value={one}>
            {say(`language.${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
