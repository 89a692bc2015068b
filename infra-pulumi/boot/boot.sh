#!/usr/bin/env bash
# Turns a fresh Debian or Ubuntu machine into a chat server: checks out one commit, builds it, starts
# it, and tells the group that it belongs to. Runs as root, behind these exported variables; those
# marked "or empty" may also be left out. Running it again changes only what is different.
#
#   CHAT_REPOSITORY      URL that git clones from
#   CHAT_COMMIT          40 hexadecimal digits
#   CHAT_PORT            port for people
#   CHAT_HTTP_PORT       port for health checks
#   CHAT_STORE_URL       the store's URL, or empty
#   CHAT_STORE_ENDPOINT  <host>:<port> of a Redis or Valkey, or empty; used when there is no URL
#   CHAT_STORE_TLS       true when that endpoint speaks TLS
#   CHAT_STORE_SECRET_ID secret that holds its password and nothing else, or empty
#   AWS_REGION           region of the secret and of the group
#   CHAT_HOOK_NAME       launch hook to complete, or empty
#   CHAT_ASG_NAME        group that the hook is of, or empty
#
# Ends with 0 and the hook continued when the server is ready, else with 1, the hook abandoned, and
# one line: boot failed: <step>: <reason>
set -Eeuo pipefail
shopt -s inherit_errexit
umask 022
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
# Nobody below needs it in their environment.
export -n CHAT_STORE_URL CHAT_STORE_SECRET_ID

attempts_max=5
pause_seconds=${CHAT_BOOT_PAUSE_SECONDS:-5}
command_seconds_max=600
ready_seconds_max=90
base=/opt/chat-server
configuration=/etc/chat-server
credential=/etc/credstore.encrypted/chat-server.store-url
unit=chat-server.service
instance_file=/var/lib/cloud/data/instance-id
# The build runs code of many authors: as a user who can read neither the state nor the credential.
builder=chat-build
builder_home=/var/lib/chat-build
source=$builder_home/source
current_step=start
needs_restart=no
scratch=$(mktemp -d)
log=$scratch/log
: >"$log"
exec 3>&1

say() { printf '%s\n' "$*" >&3; }

# Runs a command up to $attempts_max times. Not for functions of several commands: bash does not stop
# at the first of them that fails where the result is asked for.
retry() {
  local attempt
  for ((attempt = 1; ; attempt++)); do
    if "$@"; then return 0; fi
    if ((attempt >= attempts_max)); then return 1; fi
    echo "attempt $attempt of $attempts_max failed: $1" >&3
    sleep $((pause_seconds * attempt))
  done
}

aws_call() { aws --region "$AWS_REGION" --output text "$@"; }

# Not by way of a login session, which may wait for others.
as_builder() {
  setpriv --reuid "$builder" --regid "$builder" --init-groups env -C "$1" HOME="$builder_home" CI=true \
    npm_config_cache="$builder_home/npm" npm_config_update_notifier=false npm_config_loglevel=error \
    timeout "$command_seconds_max" "${@:2}"
}

# A step's output is shown when it has ended; the last line of one that fails is the reason.
step() {
  current_step=$1
  say "boot: $current_step"
  "$2" >"$log" 2>&1
  cat "$log" >&3
}

needs_aws() { [ -n "${CHAT_HOOK_NAME:-}" ] || [ -n "${CHAT_STORE_SECRET_ID:-}" ]; }

check_settings() {
  local name
  for name in CHAT_REPOSITORY CHAT_COMMIT CHAT_PORT CHAT_HTTP_PORT; do
    if [ -z "${!name:-}" ]; then echo "$name is not set" && return 1; fi
  done
  if ! [[ $CHAT_COMMIT =~ ^[0-9a-f]{40}$ ]]; then
    echo "CHAT_COMMIT is not a whole commit: $CHAT_COMMIT" && return 1
  fi
  if needs_aws && [ -z "${AWS_REGION:-}" ]; then echo "AWS_REGION is not set" && return 1; fi
  if [ "$(id -u)" != 0 ]; then echo "this is not run as root" && return 1; fi
}

# apt-get update ends with 0 when it could reach nobody, unless told otherwise.
apt_update() { apt-get -o APT::Update::Error-Mode=any -o DPkg::Lock::Timeout=120 update; }
# A machine that loses power while it boots is replaced, so dpkg need not wait for the disk.
apt_install() {
  apt-get -o DPkg::Lock::Timeout=120 -o DPkg::Options::=--force-unsafe-io install --yes --no-install-recommends "$@"
}

install_packages() {
  # Any Node with npm will do: it fetches the one that the lockfile pins, by its hash.
  local states packages=(ca-certificates curl git nodejs npm)
  if needs_aws && ! command -v aws; then packages+=(awscli); fi
  states=$(dpkg-query --show --showformat='${db:Status-Status}\n' "${packages[@]}" 2>&1 || true)
  if grep --invert-match --line-regexp --quiet installed <<<"$states"; then
    retry apt_update
    retry apt_install "${packages[@]}"
  fi
}

make_users() {
  local name
  for name in chat-server "$builder"; do
    id "$name" 2>/dev/null || useradd --system --user-group --no-create-home \
      --home-dir "/var/lib/$name" --shell /usr/sbin/nologin "$name"
  done
  install -d -m 0700 -o "$builder" -g "$builder" "$builder_home"
}

# Not every server gives out a commit by its name; all of them give out their branches and tags.
fetch_commit() {
  as_builder "$source" git fetch --quiet --depth 1 origin "$CHAT_COMMIT" ||
    as_builder "$source" git fetch --quiet --tags origin '+refs/heads/*:refs/remotes/origin/*'
}

is_installed() { [ -e "$base/$CHAT_COMMIT/.complete" ]; }

fetch_source() {
  if is_installed; then return 0; fi
  rm -rf "$source"
  install -d -m 0755 -o "$builder" -g "$builder" "$source"
  as_builder "$source" git init --quiet
  as_builder "$source" git remote add origin "$CHAT_REPOSITORY"
  retry fetch_commit
  as_builder "$source" git -c advice.detachedHead=false checkout --quiet --detach "$CHAT_COMMIT"
}

# Only what the server is built from: the tools of the other workspaces stay away.
npm_install() { as_builder "$source" npm ci --no-audit --no-fund "$@"; }

install_dependencies() {
  if is_installed; then return 0; fi
  local manifest workspaces=()
  for manifest in "$source"/packages/*/package.json; do
    workspaces+=(--workspace "packages/$(basename "$(dirname "$manifest")")")
  done
  retry npm_install --include-workspace-root "${workspaces[@]}"
}

pinned_node() {
  local architecture
  architecture=$(uname -m)
  case $architecture in
    x86_64) architecture=x64 ;;
    aarch64) architecture=arm64 ;;
  esac
  echo "$source/node_modules/node-linux-$architecture/bin/node"
}

build() {
  if is_installed; then return 0; fi
  local node
  node=$(pinned_node)
  "$node" --version
  as_builder "$source" npm run --silent build
  install -D -m 0755 "$node" "$scratch/node"
  # What the server needs as it runs, and no more.
  retry npm_install --omit=dev --workspace packages/server
}

install_server() {
  local target=$base/$CHAT_COMMIT
  if ! is_installed; then
    rm -rf "$target"
    install -d -m 0755 "$base" "$target" "$target/bin" "$target/packages/server" \
      "$target/infra-pulumi/boot"
    install -m 0755 "$scratch/node" "$target/bin/node"
    cp -R --preserve=mode,links "$source/node_modules" "$target/"
    cp -R --preserve=mode "$source"/packages/server/{bin,dist,package.json} "$target/packages/server/"
    cp --preserve=mode "$source/infra-pulumi/boot/$unit" "$target/infra-pulumi/boot/"
    chmod -R u=rwX,go=rX "$target"
    touch "$target/.complete"
    rm -rf "$source" "$builder_home/npm"
  fi
  if [ "$(readlink "$base/current" || true)" != "$CHAT_COMMIT" ]; then
    ln -sfn "$CHAT_COMMIT" "$base/next"
    mv -T "$base/next" "$base/current"
    needs_restart=yes
  fi
}

# Percent-escapes its input for a URL; what is secret stands neither in arguments nor on a disk.
escape_for_url() {
  "$base/current/bin/node" -e \
    'process.stdout.write(encodeURIComponent(require("fs").readFileSync(0, "utf8").trim()))'
}

read_secret() {
  aws_call secretsmanager get-secret-value --secret-id "$CHAT_STORE_SECRET_ID" --query SecretString
}

# The URL of the store, or nothing for a store of this machine's own.
store_url() {
  local scheme=redis secret password=
  if [ -n "${CHAT_STORE_URL:-}" ]; then
    printf '%s' "$CHAT_STORE_URL"
  elif [ -n "${CHAT_STORE_ENDPOINT:-}" ]; then
    if [ "${CHAT_STORE_TLS:-}" = true ]; then scheme=rediss; fi
    if [ -n "${CHAT_STORE_SECRET_ID:-}" ]; then
      secret=$(retry read_secret)
      password=$(printf '%s' "$secret" | escape_for_url)
    fi
    printf '%s://%s%s' "$scheme" "${password:+:$password@}" "$CHAT_STORE_ENDPOINT"
  fi
}

# Encrypted with this machine's key: it is there after a reboot, and of no use elsewhere.
configure_store() {
  local url name
  name=$(basename "$credential")
  url=$(store_url)
  if [ -z "$url" ]; then
    rm -f "$credential"
  elif [ "$(systemd-creds --name="$name" decrypt "$credential" - 2>/dev/null || true)" != "$url" ]; then
    install -d -m 0700 "$(dirname "$credential")"
    printf '%s' "$url" | systemd-creds --name="$name" encrypt - "$credential.new"
    mv "$credential.new" "$credential"
    needs_restart=yes
  fi
}

# Puts its input there, where it is not yet.
put() {
  cat >"$scratch/new"
  if ! cmp --silent "$scratch/new" "$1"; then
    install -D -m 0644 "$scratch/new" "$1"
    needs_restart=yes
  fi
}

environment() {
  printf 'CHAT_PORT=%s\nCHAT_HTTP_PORT=%s\n' "$CHAT_PORT" "$CHAT_HTTP_PORT"
  if [ -e "$credential" ]; then
    printf 'CHAT_STORE_FILE=/run/credentials/%s/%s\n' "$unit" "$(basename "$credential")"
  fi
}

install_unit() {
  # Not behind a pipe, which would be another process, with variables of its own.
  put "$configuration/environment" < <(environment)
  put "/etc/systemd/system/$unit" <"$base/current/infra-pulumi/boot/$unit"
  systemctl daemon-reload
  systemctl enable "$unit"
}

# Whether it comes up is asked of it itself: its unit tries again where the first start fails.
start_server() {
  if [ "$needs_restart" = yes ]; then systemctl stop "$unit"; fi
  systemctl start --no-block "$unit"
}

is_ready() {
  answer=$(curl --noproxy '*' --silent --show-error --max-time 3 \
    "http://127.0.0.1:$CHAT_HTTP_PORT/readyz" 2>&1) && [ "$answer" = ready ] &&
    systemctl is-active --quiet "$unit"
}

await_ready() {
  local answer='' deadline=$((SECONDS + ready_seconds_max))
  until is_ready; do
    if ((SECONDS >= deadline)); then
      journalctl --unit "$unit" --lines 20 --no-pager --output cat
      echo "not ready after $ready_seconds_max s ($(systemctl is-active "$unit")): $answer"
      return 1
    fi
    sleep 0.5
  done
}

hook_call() {
  aws_call autoscaling complete-lifecycle-action --lifecycle-hook-name "$CHAT_HOOK_NAME" \
    --auto-scaling-group-name "$CHAT_ASG_NAME" --instance-id "$(<"$instance_file")" \
    --lifecycle-action-result "$1"
}

# Once in an instance's life: a reboot has no hook to complete.
complete_hook() {
  local completed=$configuration/hook-completed
  if [ -z "${CHAT_HOOK_NAME:-}" ] || cmp --silent "$instance_file" "$completed"; then return 0; fi
  retry hook_call "$1"
  install -D -m 0644 "$instance_file" "$completed"
}

continue_hook() { complete_hook CONTINUE; }

finish() {
  local status=$? reason
  trap - EXIT
  set +e
  if ((status != 0)); then
    cat "$log" >&3
    reason=$(tr -d '\000-\010\013-\037\177' <"$log" | grep --text '[^[:space:]]' | tail -n 1)
    reason="boot failed: $current_step: $(printf '%.300s' "${reason:-ended with $status}")"
    say "$reason"
    logger --tag chat-server-boot --priority user.err -- "$reason"
    complete_hook ABANDON >&3 2>&1
  fi
  rm -rf "$scratch"
  exit "$((status != 0))"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

step settings check_settings
step packages install_packages
step users make_users
step source fetch_source
step dependencies install_dependencies
step build build
step installation install_server
step store configure_store
step unit install_unit
step start start_server
step readiness await_ready
step hook continue_hook
say "boot: ready after $SECONDS s"
logger --tag chat-server-boot -- "boot: $CHAT_COMMIT is ready after $SECONDS s"
