/** What every page has: head, languages, a way back. */
import { html } from 'hono/html';
import { languages, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';

type Html = ReturnType<typeof html>;

export function layout({ lang, title, path, body }: { lang: Lang; title: string; path: string; body: Html }): Html {
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="data:,">
</head>
<body>
<a class="skip" href="#main">${t(lang, 'page.skip')}</a>
<header>
<a class="brand" href="/?lang=${lang}">Saryarka</a>
<nav aria-label="${t(lang, 'page.languages')}">${languages.map((l) =>
    l === lang
      ? html`<span lang="${l}" aria-current="true">${t(l, `language.${l}`)}</span>`
      : html`<a lang="${l}" hreflang="${l}" href="${path}?lang=${l}">${t(l, `language.${l}`)}</a>`,
  )}</nav>
</header>
<main id="main">${body}</main>
</body>
</html>`;
}

/** A page that only says what is wrong. */
export function problemPage(text: string, lang: Lang): Html {
  return layout({ lang, title: 'Saryarka', path: '/', body: html`<h1>Saryarka</h1><p class="finding error">${text}</p>` });
}
