// The hosts of a comparison, each with its bands, why, and what its operator says. For html.ts and the site.
import type { ComparedHost, Comparison } from '../../harness/result/comparison.ts'
import { type Child, el, type Markup } from '../html/markup.ts'
import { aboutHost, bandsTold } from './telling.ts'
import { words } from './words.ts'

/** `link` leads to the page of a host. */
export function hostCards({ hosts }: Comparison, link: (label: string) => string | undefined): Markup {
  return el(
    'ul',
    { class: 'hosts' },
    ...hosts.map((host) => {
      const href = link(host.label)
      const name = href === undefined ? host.label : el('a', { href }, host.label)
      return el('li', {}, el('h3', {}, name), ...hostDetails(host))
    }),
  )
}

export function hostDetails(host: ComparedHost): readonly Child[] {
  return [
    el('p', { class: 'muted' }, aboutHost(host).join(', ')),
    host.state === 'checked' ? bandList(host) : undefined,
    noteOf(words.maintenance, host.notes?.maintenance),
    noteOf(words.reply, host.notes?.reply),
  ]
}

function bandList(host: ComparedHost): Markup {
  return el(
    'dl',
    {},
    ...bandsTold(host).flatMap(({ subject, band, tone, why }) => [
      el('dt', {}, words.subject[subject]),
      el('dd', {}, el('span', { class: `band ${tone}` }, band), el('small', {}, why.join('; '))),
    ]),
  )
}

function noteOf(title: string, text: string | undefined): Child {
  return text === undefined ? undefined : el('p', { class: 'note' }, el('strong', {}, `${title}: `), text)
}
