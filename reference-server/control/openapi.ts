// The OpenAPI 3.1 description of the control, made from its routes. Served at /openapi.json and shipped in the package.
import { z } from 'zod'
import type { Route } from './route.ts'
import { routes } from './routes.ts'
import { errorShape } from './schemas.ts'

type Json = Readonly<Record<string, unknown>>

const always = { 400: 'Not understood.', 401: 'Without the token.', 403: 'Asked by a name, or by a web page.' }
const reasons = { ...always, 404: 'There is no such thing.', 409: 'Not in this state.', 410: 'Gone.' }

export function openApi(): Json {
  const paths: Record<string, Record<string, Json>> = {}
  const named: Record<string, unknown> = {}
  named.Error = schemaOf(errorShape, 'output', named)
  for (const route of routes) {
    const methods = paths[route.path] ?? {}
    paths[route.path] = methods
    methods[route.method.toLowerCase()] = operation(route, named)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'chatmail-check control',
      version: '1',
      description: 'Power over a reference chatmail server, for test suites. Fields and routes are only ever added.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'http://127.0.0.1:{port}', variables: { port: { default: '8025' } } }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: named,
    },
  }
}

function operation(route: Route, named: Record<string, unknown>): Json {
  const { id, summary, path, query, body, gives, status, errors } = route
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const refusals = [...Object.keys(always), ...errors].map((code) => {
    const description = reasons[Number(code) as keyof typeof reasons]
    return [code, { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } }]
  })
  return {
    operationId: id,
    summary,
    parameters: [...inPath, ...(query === undefined ? [] : inQuery(query, named))],
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(body, 'input', named) } }),
    responses: { [status]: { description: summary, ...given(gives, named) }, ...Object.fromEntries(refusals) },
  }
}

function given(gives: Route['gives'], named: Record<string, unknown>): Json {
  if (gives === 'nothing') return {}
  if (gives === 'lines') return { content: { 'application/x-ndjson': { schema: { type: 'string' } } } }
  return { content: contentOf(gives, 'output', named) }
}

function contentOf(shape: z.ZodType | 'message', io: 'input' | 'output', named: Record<string, unknown>): Json {
  if (shape === 'message') return { 'message/rfc822': { schema: { type: 'string', format: 'binary' } } }
  return { 'application/json': { schema: schemaOf(shape, io, named) } }
}

function inQuery(query: z.ZodObject, named: Record<string, unknown>): readonly Json[] {
  const { properties = {}, required = [] } = schemaOf(query, 'output', named) as {
    properties?: Record<string, Json>
    required?: readonly string[]
  }
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema,
  }))
}

/** With references into `components`, where the named shapes go. */
function schemaOf(shape: z.ZodType, io: 'input' | 'output', named: Record<string, unknown>): Json {
  const {
    $schema: _,
    id: __,
    $defs,
    ...schema
  } = z.toJSONSchema(shape, {
    io,
    override: ({ jsonSchema }) => {
      // Fields may be added to answers: a strict client must not break then.
      delete jsonSchema.additionalProperties
    },
  }) as Record<string, unknown>
  const text = (value: unknown) => JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/')
  for (const [name, definition] of Object.entries($defs ?? {})) {
    const { id: _id, ...inner } = definition as Record<string, unknown>
    named[name] = JSON.parse(text(inner))
  }
  return JSON.parse(text(schema))
}
