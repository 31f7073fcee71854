// What our engine has and k6 has not, or has by itself. Used by the tests that hold one against the other.
export const engineOnly: readonly string[] = [
  ...['iterations', 'iteration_duration', 'dropped_iterations', 'vus', 'vus_max', 'data_sent', 'data_received'],
  ...['imap_idlers', 'smtp_tls_handshaking', 'imap_tls_handshaking'],
]
