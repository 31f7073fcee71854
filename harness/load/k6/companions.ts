// The files that lie beside an exported script: how to run it on one machine, in a container, and on a cluster. Used by `load export`.

export interface AboutExport {
  readonly scenario: string
  readonly labels: readonly string[]
  /** Anything but loopback is among the addresses. */
  readonly word: boolean
  /** Lines that web servers have to show. */
  readonly tokens: readonly { readonly url: string; readonly line: string }[]
  readonly accounts: number
  readonly ownRoots: boolean
}

/** Versions that these files name. */
const k6 = 'v2.2.0'
const extension = 'github.com/grafana/xk6-tcp@v0.3.1'

export function readme(about: AboutExport): string {
  const { scenario, labels, word, tokens, accounts, ownRoots } = about
  const run = [
    ...(ownRoots ? ['SSL_CERT_FILE=ca.pem'] : []),
    './k6 run',
    ...(word ? [`-e I_OPERATE=${labels.join(',')}`] : []),
    'script.js',
  ].join(' ')
  return `# ${scenario} on ${labels.join(' and ')}, for k6

| file | is |
| --- | --- |
| \`script.js\` | the scenario and all that it needs, in one |
| \`assets.json\` | addresses, messages encrypted beforehand, and ${accounts} accounts **with their passwords**: keep it to yourself |
${ownRoots ? '| `ca.pem` | the roots that the server is trusted by |\n' : ''}| \`Containerfile\` | an image with k6, the extension and these files |
| \`testrun.yaml\` | a TestRun for the k6-operator |

## 1. k6

The script speaks SMTP and IMAP over \`k6/x/tcp\`, an extension of k6. With Go:

\`\`\`
go install go.k6.io/xk6/cmd/xk6@latest
xk6 build ${k6} --with ${extension} --output ./k6
\`\`\`

k6 v2 can fetch the extension by itself when it meets the import; a program built once goes the same way on every machine. It must be
an extension for k6 v2. k6 is under the AGPL; this folder holds nothing of it. It tells its makers of each run unless it is given
\`--no-usage-report\`.

## 2. Consent

${consentText(about)}
## 3. One machine

\`\`\`
${run}
\`\`\`

It exits with 0 when every threshold holds, with 99 when one does not, and with 108 when nobody has agreed to the load. Others are
k6's own: 100 for a \`setup()\` that took too long, 104 for options that cannot be, 105 for an interrupt, 107 for an error in the script.

## 4. Several machines

The same folder on each, every one with its own share, started at the same moment:

\`\`\`
${run.replace('k6 run', 'k6 run --execution-segment 0:1/2   --execution-segment-sequence 0,1/2,1')}
${run.replace('k6 run', 'k6 run --execution-segment 1/2:1   --execution-segment-sequence 0,1/2,1')}
\`\`\`

Each judges its own samples. To judge all together, send them to one place (\`--out\`), or use the k6-operator. A summary of k6 has no
samples, so \`chatmail-check load merge\` cannot take it.

## 5. k6-operator

The image holds passwords: push it to a registry of your own only.

\`\`\`
podman build -t REGISTRY/chatmail-load .
podman push REGISTRY/chatmail-load
kubectl apply -f testrun.yaml
\`\`\`

In \`testrun.yaml\` name your registry, and how many machines. ${tokens.length > 0 ? 'The server must be reached from the cluster at the very address above.' : ''}

## What is different in k6

- k6 drops a start when all virtual users are busy, and our engine lets it wait: latency counts from when a message was due in both.
- \`smtp_connecting\` and \`imap_connecting\` are TCP and TLS together; \`*_tls_handshaking\`, \`imap_idlers\` and \`driver_*\` are not there.
- Times are whole milliseconds.
- The extension offers \`http/1.1\` by ALPN, whatever is behind a port. Servers that hold to ALPN (RFC 7301 section 3.2), as some proxies
  before mail servers do, refuse the handshake with "no application protocol": that is k6's doing, and such a server cannot be tried by it.
- k6 passes a threshold on a trend without samples. \`iterations: count>0\` and \`messages_received: count>0\` are there for that.
- k6 does not say whether the machine kept up: look at \`dropped_iterations\`, and at its processor.
`
}

function consentText({ labels, word, tokens }: AboutExport): string {
  if (!word)
    return 'The server is on this machine: nothing is asked. On any other machine the script finds another server there.\n'
  const lines = tokens.map(
    ({ url, line }) => `The script fetches ${url} first, and wants this line in it:\n\n\`\`\`\n${line}\n\`\`\`\n`,
  )
  return `Whoever runs it says again whose server it is: \`-e I_OPERATE=${labels.join(',')}\`. Without that, nothing is sent.\n${lines.length === 0 ? '' : `\n${lines.join('\n')}`}`
}

export function containerfile({ ownRoots }: AboutExport): string {
  return `# k6 with its TCP extension, and the exported script. The image holds passwords of accounts.
FROM docker.io/library/golang:1.26 AS build
RUN go install go.k6.io/xk6/cmd/xk6@latest && xk6 build ${k6} --with ${extension} --output /k6

FROM docker.io/library/debian:stable-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
COPY --from=build /k6 /usr/bin/k6
COPY --chown=12345:12345 script.js assets.json ${ownRoots ? 'ca.pem ' : ''}/load/
${ownRoots ? 'ENV SSL_CERT_FILE=/load/ca.pem\n' : ''}USER 12345
WORKDIR /load
ENTRYPOINT ["k6"]
CMD ["run", "script.js"]
`
}

export function testRun({ scenario, labels, word }: AboutExport): string {
  const name = scenario
    .toLowerCase()
    .replace(/\.[a-z]+$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  const env = word ? `    env:\n      - name: I_OPERATE\n        value: ${JSON.stringify(labels.join(','))}\n` : ''
  return `# For the k6-operator: every machine has an equal share of the run.
apiVersion: k6.io/v1alpha1
kind: TestRun
metadata:
  name: chatmail-${name || 'load'}
spec:
  parallelism: 4
  separate: true
  script:
    localFile: /load/script.js
  initializer:
    image: REGISTRY/chatmail-load
  runner:
    image: REGISTRY/chatmail-load
${env}`
}
