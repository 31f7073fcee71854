// What we use of k6's TCP extension, as its documentation has it for k6 v2.
declare module 'k6/x/tcp' {
  export class Socket {
    readonly remote_ip?: string
    connect(options: { host: string; port: number; tls: boolean }): Promise<void>
    /** Resolves when it is written; two that are not awaited may change places. */
    write(data: string | ArrayBuffer): Promise<void>
    destroy(): void
    on(event: 'data', listener: (data: Uint8Array) => void): void
    on(event: 'close', listener: () => void): void
    on(event: 'error', listener: (error: { message?: string }) => void): void
  }
}

/** What an export knows; made by the bundler. */
declare module 'chatmail:settings' {
  export const settings: import('./settings.ts').Settings
}
