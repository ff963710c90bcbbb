# sh make-secrets.sh FOLDER NAME...
# Makes what valkey.conf names, and the passwords of daemons and workers, in a new folder that only its owner enters.
# NAME: how daemons and workers call the server, as in rediss://NAME:6379; an IP address may be one.
set -eu
umask 022
[ $# -ge 2 ] || { echo "usage: sh make-secrets.sh FOLDER NAME..." >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
mkdir -m 700 "$1" || exit 1
cd "$1"
shift

names=
for name in "$@"; do
  case $name in
  *[!0-9.]*) case $name in *:*) kind=IP ;; *) kind=DNS ;; esac ;;
  *) kind=IP ;;
  esac
  names="$names${names:+,}$kind:$name"
done

# An authority of its own for ten years, whose key is thrown away: a new server certificate is a new authority.
new="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
openssl req -x509 $new -days 3650 -subj "/CN=particled queue" -keyout ca.key -out ca.pem \
  -addext "keyUsage=critical,keyCertSign,cRLSign" 2>/dev/null
openssl req $new -subj "/CN=$1" -keyout server.key -out server.csr -addext "subjectAltName=$names" 2>/dev/null
openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -days 3650 -copy_extensions copy -out server.pem 2>/dev/null
rm ca.key server.csr

openssl rand -hex 32 >daemon-password
openssl rand -hex 32 >worker-password
sha256() { tr -d '\n' <"$1" | openssl dgst -sha256 -r | cut -c 1-64; }
sed -e "s/DAEMON_PASSWORD_SHA256/$(sha256 daemon-password)/" -e "s/WORKER_PASSWORD_SHA256/$(sha256 worker-password)/" \
  "$here/users.acl" >users.acl
# The folder keeps others out; in a container each file is read by a user of that container.
chmod 644 server.key
echo "made in $(pwd): ca.pem, server.pem, server.key, users.acl, daemon-password, worker-password"
