#!/bin/sh
# Runs a command for as long as this script's standard input stays open. Whoever started it holds
# the other end of that pipe: when the starter ends, however it ends (kill -9 included), the pipe
# closes and the command's whole process group goes with it.
exec 3<&0
trap : TERM

"$@" 3<&- </dev/null &
child=$!

(
  trap '' TERM
  read -r _ <&3
  kill -TERM 0
  waited=0
  while [ "$waited" -lt 50 ]; do
    sleep 0.1
    waited=$((waited + 1))
  done
  kill -KILL 0
) &
watch=$!
exec 3<&-

# A TERM sent to the group interrupts "wait" before the child has ended: wait again.
wait "$child"
code=$?
while kill -0 "$child" 2>/dev/null; do
  wait "$child"
  code=$?
done

trap '' TERM
kill -TERM 0
kill -KILL "$watch"
exit "$code"
