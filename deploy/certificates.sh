#!/bin/sh
# The certificate job: an authority of this cluster alone, and a certificate for each of its servers.
# sh certificates.sh FOLDER SERVER...
# What is there and lasts another 60 days is left alone; whatever is older is made anew, so renewing is
# running it again and then starting the servers again, one after the other.
set -eu
folder=$1
shift
ca="$folder/ca/ca.crt"
key="$folder/authority/ca.key"
lasts() { [ -s "$1" ] && openssl x509 -in "$1" -noout -checkend 5184000 > /dev/null; }

# The folder and the authority's certificate are read by others, so they are made before the rest.
umask 022
mkdir -p "$folder/ca"
umask 077
mkdir -p "$folder/authority"
if ! lasts "$ca"; then
  openssl req -x509 -newkey rsa:3072 -nodes -days 3650 -sha256 -subj '/CN=Ceasewatch store CA' \
    -addext 'basicConstraints=critical,CA:TRUE' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
    -keyout "$key" -out "$ca"
fi
for server in "$@"; do
  own="$folder/$server"
  mkdir -p "$own"
  if lasts "$own/node.crt" && openssl verify -CAfile "$ca" "$own/node.crt" > /dev/null; then continue; fi
  # Servers recognise each other by the same common name, clients by the name in the address.
  openssl req -new -newkey rsa:2048 -nodes -sha256 -subj '/CN=eventstoredb-node' \
    -keyout "$own/node.key" -out "$own/node.csr"
  printf '%s\n' "subjectAltName=DNS:$server,DNS:localhost,IP:127.0.0.1" \
    'extendedKeyUsage=serverAuth,clientAuth' 'keyUsage=digitalSignature,keyEncipherment' > "$own/node.ext"
  openssl x509 -req -days 365 -sha256 -in "$own/node.csr" -CA "$ca" -CAkey "$key" -CAserial "$folder/authority/ca.srl" -CAcreateserial \
    -extfile "$own/node.ext" -out "$own/node.crt"
  rm "$own/node.csr" "$own/node.ext"
done
chmod 0444 "$ca"
# The servers run as user 1000 and refuse a key that others may read.
if [ "$(id -u)" = 0 ]; then
  for server in "$@"; do chown -R 1000:1000 "$folder/$server"; done
fi
