# Makes certificates of the testbed's throwaway authority. Sourced by chatmail.sh and by relay.sh, and so at hand for changes.

# certificate FOLDER DAYS SUBJECT-ALTERNATIVE-NAMES; $world is the folder of the authority.
certificate() {
  mkdir -p "$1" && chmod 700 "$1" &&
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=chatmail testbed' \
      -keyout "$1/key.pem" -out "$1/leaf.csr" &&
    openssl x509 -req -in "$1/leaf.csr" -CA "$world/ca.pem" -CAkey "$world/ca.key" -CAcreateserial -days "$2" \
      -extfile <(printf 'subjectAltName=%s\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth,clientAuth\n' "$3") \
      -out "$1/cert.pem" &&
    cat "$1/key.pem" "$1/cert.pem" >"$1/chain.pem"
}
