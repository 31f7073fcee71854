// Which pages the site has, by their Markdown files, and in which order a reader finds them. Guides come first.

interface Group {
  readonly title: string
  readonly pages: readonly string[]
}

export const navigation: readonly Group[] = [
  { title: '', pages: ['README.md'] },
  {
    title: 'Guides',
    pages: [
      'docs/guides/slow-messages.md',
      'docs/guides/gate-a-release.md',
      'docs/guides/how-many-people.md',
      'docs/guides/public-list.md',
      'docs/guides/local-server.md',
    ],
  },
  {
    title: 'Check and measure',
    pages: [
      'docs/results.md',
      'docs/ci.md',
      'docs/trace.md',
      'docs/watch.md',
      'docs/comparison.md',
      'docs/load.md',
      'docs/capacity.md',
      'docs/vantage.md',
      'docs/deltachat.md',
      'docs/catalogue.md',
    ],
  },
  { title: 'The reference server', pages: ['docs/reference-server.md', 'docs/data.md'] },
  {
    title: 'Behind it',
    pages: [
      'docs/architecture.md',
      'CONTRIBUTING.md',
      'docs/performance.md',
      'docs/testbed-findings.md',
      'testbeds/plain-mail/README.md',
      'testbeds/chatmail/README.md',
      'testbeds/namespace/README.md',
      'CHANGELOG.md',
    ],
  },
]
