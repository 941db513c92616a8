#!/bin/sh
# Commits an update to a repository and pushes it: push-update.sh NAME.
# The repository is made for the occasion, with its remote beside it, in the task's own TMPDIR.
set -eu
name=$1
folder=${TMPDIR:-/tmp}/$name

# What the machine's owner has configured (signing, hooks, names of branches) stays out of it.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=Example GIT_AUTHOR_EMAIL=example@localhost
export GIT_COMMITTER_NAME=Example GIT_COMMITTER_EMAIL=example@localhost

mkdir "$folder"
cd "$folder"
git init --quiet --bare remote.git
git init --quiet work
cd work
git checkout --quiet -b main
git remote add origin ../remote.git
echo '{"left-pad": "1.0.0"}' >dependencies.json
git add .
git commit --quiet --message 'Begin'
git push --quiet --set-upstream origin main

echo '{"left-pad": "1.1.0"}' >dependencies.json
git add .
git commit --message 'Update dependencies'
git push --quiet
[ "$(git rev-parse HEAD)" = "$(git --git-dir ../remote.git rev-parse main)" ]
