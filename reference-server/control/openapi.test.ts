// The OpenAPI description says what the routes do: each route, each parameter, each field.
import { expect, it } from 'vitest'
import { openApi } from './openapi.ts'
import { routes } from './routes.ts'

interface Operation {
  readonly operationId: string
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >
}

interface Schema {
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
}

const described = openApi() as unknown as {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

function resolved(schema: Schema | undefined): Schema | undefined {
  const name = schema?.$ref?.split('/').at(-1)
  return name === undefined ? schema : described.components.schemas[name]
}

it('describes each route once, and nothing else', () => {
  const inFile = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(inFile.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort())
  expect(new Set(routes.map(({ id }) => id)).size).toBe(routes.length)
  expect(described.openapi).toBe('3.1.0')
})

it.for(routes)('$method $path: parameters, body and answer are those of the schemas', (route) => {
  const operation = described.paths[route.path]?.[route.method.toLowerCase()]
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  expect(operation?.operationId).toBe(route.id)
  expect(operation?.parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(inPath)
  const query = operation?.parameters.filter((one) => one.in === 'query') ?? []
  expect(query.map(({ name }) => name)).toEqual(Object.keys(route.query?.shape ?? {}))
  for (const { name, required } of query) {
    expect(required, name).toBe(route.query?.shape[name]?.safeParse(undefined).success === false)
  }
  if (typeof route.body === 'object') {
    const schema = resolved(operation?.requestBody?.content['application/json']?.schema)
    expect(Object.keys(schema?.properties ?? {})).toEqual(Object.keys(route.body.shape))
  } else expect(operation?.requestBody === undefined).toBe(route.body === undefined)
  const answer = operation?.responses[route.status]?.content
  expect(answer === undefined).toBe(route.gives === 'nothing')
  for (const status of [400, 401, 403, ...route.errors]) expect(operation?.responses[status]).toBeDefined()
})

it('has no reference that leads nowhere, and is plain JSON', () => {
  const text = JSON.stringify(described)
  const names = [...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, to = '']) => to.replace('#/components/schemas/', ''))
  expect(Object.keys(described.components.schemas).sort()).toEqual([...new Set(names)].sort())
  expect(text).not.toContain('$defs')
  expect(JSON.parse(text)).toEqual(described)
})
