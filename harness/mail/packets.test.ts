import fc from 'fast-check'
import { readMessage } from 'openpgp'
import { describe, expect, it } from 'vitest'
import * as packets from './packets.ts'
import { createRandom } from './random.ts'
import { octetStream, walkPackets } from './test-readers.ts'

const { writePacket, writePackets, readPackets, packetType } = packets

describe('packet framing', () => {
  it('is read back by a second reader, whatever the framing', () => {
    const framing = fc.constantFrom('shortest', 'five-octet', 'legacy', 'partial', 'legacy-indeterminate', 'two-octet')
    const lengths = fc.oneof(
      fc.integer({ min: 0, max: 600 }),
      fc.constantFrom(191, 192, 8383, 8384, 65535, 65536, 512, 1024),
    )
    fc.assert(
      fc.property(fc.constantFrom(1, 3, 9, 11), lengths, framing, (type, length, how) => {
        fc.pre(how !== 'partial' || length >= 512)
        fc.pre(how !== 'two-octet' || (length >= 192 && length <= 8383))
        const body = octetStream(length)
        const [found, ...more] = walkPackets(writePacket({ type, body }, how))
        expect(more).toEqual([])
        expect(found?.type).toBe(type)
        expect(Buffer.compare(found?.body ?? new Uint8Array(), body)).toBe(0)
        const form =
          how === 'partial'
            ? 'partial'
            : how === 'legacy'
              ? 'legacy'
              : how === 'legacy-indeterminate'
                ? 'indeterminate'
                : 'definite'
        expect(found?.form).toBe(form)
      }),
    )
  })

  it('refuses what a framing cannot hold', () => {
    expect(() => writePacket({ type: 18, body: octetStream(10) }, 'legacy')).toThrow(RangeError)
    expect(() => writePacket({ type: 18, body: octetStream(511) }, 'partial')).toThrow(RangeError)
    expect(() => writePacket({ type: 18, body: octetStream(191) }, 'two-octet')).toThrow(RangeError)
  })

  it('joins partial lengths when read', () => {
    const body = octetStream(5000)
    const octets = writePackets(
      [
        { type: 1, body: octetStream(700) },
        { type: 18, body },
      ],
      'partial',
    )
    expect(readPackets(octets).map((packet) => packet.body.length)).toEqual([700, 5000])
  })

  it('survives any octets: packets or a RangeError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
        try {
          readPackets(octets)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      }),
    )
  })
})

describe('hand-built packets', () => {
  const random = createRandom(7)

  it('have the types and versions they claim', () => {
    const made = [
      packets.pkeskV3(random),
      packets.pkeskV6(random),
      packets.skeskV4(random),
      packets.skeskV6(random),
      packets.seipdV1(random, 300),
      packets.seipdV2(random, 300),
      packets.signature(random),
    ]
    expect(walkPackets(writePackets(made)).map(({ type, version }) => [type, version])).toEqual([
      [1, 3],
      [1, 6],
      [3, 4],
      [3, 6],
      [18, 1],
      [18, 2],
      [2, 4],
    ])
    expect(packets.skeskV6(random).body).toHaveLength(62)
    expect(
      [packets.sed(random, 9), packets.aead(random, 9), packets.padding(random, 9), packets.marker].map(
        ({ type }) => type,
      ),
    ).toEqual([packetType.sed, packetType.aead, packetType.padding, packetType.marker])
  })

  it('are taken as the same packets by openpgp', async () => {
    for (const [first, second] of [
      [packets.pkeskV3(random), packets.seipdV1(random, 300)],
      [packets.pkeskV6(random), packets.seipdV2(random, 300)],
      [packets.skeskV4(random), packets.seipdV1(random, 300)],
      [packets.skeskV6(random), packets.seipdV2(random, 300)],
    ] as const) {
      const message = await readMessage({ binaryMessage: Uint8Array.from(writePackets([first, second])) })
      expect(message.packets.map((packet) => (packet.constructor as unknown as { tag: number }).tag)).toEqual([
        first.type,
        18,
      ])
    }
  })

  it('of literal and compressed data can be read by anybody', async () => {
    for (const packet of [packets.literal('Readable'), packets.compressed(packets.literal('Readable'))]) {
      const message = await readMessage({ binaryMessage: Uint8Array.from(writePacket(packet)) })
      expect(Buffer.from(message.getLiteralData() ?? []).toString()).toBe('Readable')
    }
  })
})
