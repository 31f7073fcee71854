// The hosts of a comparison, each with its bands, why, and what its operator says. For html.ts and the site.
import type { ComparedHost, Comparison } from '../../harness/result/comparison.ts'
import { sentence } from '../html/foreign.ts'
import { type Child, el, type Markup } from '../html/markup.ts'
import type { Language } from '../language/language.ts'
import { aboutHost, bandsTold } from './telling.ts'

/** `link` leads to the page of a host. */
export function hostCards(
  language: Language,
  { hosts }: Comparison,
  link: (label: string) => string | undefined,
): Markup {
  return el(
    'ul',
    { class: 'hosts' },
    ...hosts.map((host) => {
      const href = link(host.label)
      const name = href === undefined ? host.label : el('a', { href }, host.label)
      return el('li', {}, el('h3', {}, name), ...hostDetails(language, host))
    }),
  )
}

export function hostDetails(language: Language, host: ComparedHost): readonly Child[] {
  const { comma, compare } = language.words
  const about = aboutHost(language, host).flatMap((part, at): readonly Child[] => [
    at === 0 ? undefined : comma,
    typeof part === 'string' ? part : sentence(language, part),
  ])
  return [
    el('p', { class: 'muted' }, ...about),
    host.state === 'checked' ? bandList(language, host) : undefined,
    noteOf(language, compare.maintenance, host.notes?.maintenance),
    noteOf(language, compare.reply, host.notes?.reply),
  ]
}

function bandList(language: Language, host: ComparedHost): Markup {
  const { clause, compare } = language.words
  return el(
    'dl',
    {},
    ...bandsTold(language, host).flatMap(({ subject, band, tone, why }) => [
      el('dt', {}, compare.subject[subject]),
      el('dd', {}, el('span', { class: `band ${tone}` }, band), el('small', {}, why.join(clause))),
    ]),
  )
}

function noteOf({ words }: Language, title: string, text: string | undefined): Child {
  return text === undefined ? undefined : el('p', { class: 'note' }, el('strong', {}, `${title}${words.colon}`), text)
}
