import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasScript, imagesOf, linksOf, loadedBy, loadedByCss } from './html.ts'

test('finds links with their words, whatever the quotes and the case', () => {
  const page = `<A HREF='dcaccount:chat.test'>Get <b>an</b>\naccount</A> <a class=x href=privacy.html>Privacy</a>
    <!-- <a href="hidden">no</a> --> <a href="/q?a=1&amp;b=2"></a>`
  expect(linksOf(page)).toEqual([
    { href: 'dcaccount:chat.test', text: 'Get an account' },
    { href: 'privacy.html', text: 'Privacy' },
    { href: '/q?a=1&b=2', text: '' },
  ])
})

test('finds images and scripts', () => {
  expect(imagesOf('<img alt="a > b" src="qr.png"/><img src=two.png><img>')).toEqual(['qr.png', 'two.png'])
  expect(hasScript('<p>no script</p>')).toBe(false)
  expect(hasScript('<SCRIPT async>1</SCRIPT>')).toBe(true)
})

test('takes a tag that is called like a property of every object for a tag', () => {
  expect(loadedBy('<constructor src=a.png><toString/><img src=b.png>')).toEqual(['b.png'])
})

test('lists what a browser loads and leaves out what waits for a click', () => {
  const page = `<link rel="stylesheet" href="main.css"><link rel=canonical href="https://else.test/">
    <link rel="dns-prefetch" href="//cdn.test"><script src="https://stats.test/x.js"></script>
    <a href="https://link.test">x</a><img src=a.png srcset="b.png 1x, https://img.test/c.png 2x">
    <p style="background:url('https://bg.test/p.png')"><style>@import "i.css"; p{background:url(own.png)}</style>`
  expect(loadedBy(page)).toEqual([
    'main.css',
    '//cdn.test',
    'https://stats.test/x.js',
    'a.png',
    'b.png',
    'https://img.test/c.png',
    'https://bg.test/p.png',
    'i.css',
    'own.png',
  ])
})

test('reads no tags in scripts and styles, closed or not', () => {
  expect(imagesOf('<script>x = "<img src=a.png>"</script><img src=b.png><SCRIPT>"<img src=c.png>"')).toEqual(['b.png'])
  expect(loadedBy('<style>p { background: url(a.png) } <img src=b.png>')).toEqual(['a.png'])
})

test('takes no fragment of a style sheet for an address', () => {
  expect(loadedByCss('a{fill:url(#gradient)} b{src:url( "f.woff2" )}')).toEqual(['f.woff2'])
})

test('reads any text without an error', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      linksOf(text)
      loadedBy(`<${text}>`)
      hasScript(text)
    }),
  )
})

test('reads a page made to be slow in time', () => {
  const began = performance.now()
  for (const piece of ['<a ', '<a href=', '<!--', '<style>', "<a '", '<img src="']) loadedBy(piece.repeat(100_000))
  for (const piece of ['url(', 'url("', '@import ', ' ', "url('url("]) loadedByCss(`url(${piece.repeat(100_000)}`)
  expect(performance.now() - began).toBeLessThan(15_000)
})
