import { expect, it } from 'vitest'
import { wireFailure } from './wire-failure.ts'

const thrown = (code: string, message: string) => wireFailure(Object.assign(new Error(message), { code }), 'TLS')

it('says what OpenSSL says, without where in its sources', () => {
  const message =
    '403D0B01CA7F0000:error:0A000438:SSL routines:ssl3_read_bytes:tlsv1 alert internal error:../ssl/record/rec_layer_s3.c:918:SSL alert number 80\n'
  const failure = thrown('ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR', message)
  expect(failure).toMatchObject({ code: 'tls', message: 'TLS: tlsv1 alert internal error' })
})

it('leaves other messages as they are', () => {
  expect(thrown('ECONNREFUSED', 'connect ECONNREFUSED 192.0.2.1:993').message).toBe(
    'TLS: connect ECONNREFUSED 192.0.2.1:993',
  )
})
