/*
 * What guard, server and store do together, as a model in Alloy 6 that a solver tries to break. In promises.als, each
 * check says that no history of the given size breaks a promise; each check of a flaw says that without one rule some
 * history does; each run says that a history which matters can happen, so that no promise is kept by nothing ever
 * happening. GuardModelTest runs all of them; docs/decisions/014-guard-model.md tells what came of it.
 *
 * Modelled: one card. A challenge asks for draws; at most one is live, the next one or a suspension ends it. An
 * attempt is one call to a guard: an answer with what the token would say of it, or the sweeper's closing recall of a
 * challenge that ended unanswered, which records UNANSWERED where nothing was judged and is bound by the same rule,
 * once for each challenge. A guard verifies, holding no lock, commits to the journal that all guards share, and
 * replies. A server settles what it heard in one transaction of the store; only what settles while its challenge is
 * live is told. Nothing has to happen next: a step that never comes is a crash or a lost reply, and any other attempt
 * for the same challenge, on any server and to any guard, with any answer, is the retry. Guards and servers also stop
 * visibly and lose what they held. Each database can be put back to any state it once had: the journal while guards
 * work, the store with its servers stopped. A fold takes rows out of the journal at any moment, between any two other
 * moves; what they came to stays with the card, and a call whose store does not remember all that is folded is
 * refused. Only what the store has settled is folded, which is what its age stands for; a hostile server's store
 * counts for nothing, so there anything may be folded at any time. Any rows may be folded, not only the oldest ones.
 * A set of rows stands for a chain's head: whoever remembers a row knows the number and hash it has in its guard's
 * chain, and the store remembers the rows it has settled.
 *
 * Three rules go beyond "recall before ending" and "keep the highest head seen"; each is a flaw when it is taken away:
 * a recall that finds nothing closes the challenge in the journal (RecallOnlyReads); a call shows what the store
 * remembers, and the commit looks for all of it in the whole journal (NoHead, NumberInReply, HeadOfOneGuard);
 * a reply brings the judgements that the call did not show, and a server that does not know the challenge of one of
 * them settles nothing (NoTail).
 *
 * Sizes: one card, up to 3 challenges, 3 draws, 4 attempts, 2 guards, 2 servers; histories of 6 to 14 states, as each
 * command says; the cap is 2. All commands together take a minute of one processor.
 *
 * Not covered: that the right thing happens in the end (only that nothing wrong does); when SPENT or CAPPED is told
 * and what a caller could see by time; caps other than one on a card's failures, officers and what they charge; a
 * fold's checkpoint, its signature and its steps (one fold is one move); commits in groups; the hash chain itself and
 * a journal altered by hand; the token's object written ahead in blocks (the log here loses nothing); a store put
 * back under running servers; a call that read the store and reaches the guard only after another step; more than one
 * card; isolation levels (each step is atomic, so a guarded commit must be made so).
 */
module guard

enum Verdict { Right, Wrong, Unanswered }
enum Flaw {
  TellsBeforeCommit, LooksBeforeCommit, JudgesAgain, PassesDrawAgain, IgnoresCap, SignsWhatRetrySays,
  SweepsUnasked, RecallOnlyReads, SettlesAgain,
  NoHead, HeadOfOneGuard, NumberInReply, NoTail,
  FoldsUnsettled, AnswersBeforeFold, FoldForgetsDraws, FoldForgetsFailures
}
/*
 * Hostile: servers send anything. KeptLog: heads are kept out of reach; a journal behind them takes no judgement.
 * Folds: old judgements are folded.
 */
enum Power { Hostile, OldJournal, OldStore, KeptLog, Folds }
one sig World { flaw: lone Flaw, powers: set Power }

sig Draw {}
sig Challenge { asks: some Draw }
sig Guard {}
/* What guards told it and it has not settled; and the judgements that came with it, as the call did not show them. */
sig Server { var heard, brought: set Attempt }

/* One call: made by one server to one guard; "shown" is what the store remembers when the call is made. */
sig Attempt { of: Challenge, draws: some Draw, says: Verdict, from: Server, at: Guard, shown: set Attempt }

/*
 * The guards' memory: calls they have had, verified attempts not yet committed. Then the two databases and the log.
 * What was judged is in "rows"; what is also in "folded" has no row any more: the card knows what it came to.
 */
one sig Memory { var called, held: set Attempt }
one sig Journal { var rows, folded: set Attempt }
one sig Store { var live, ended, final: set Challenge, var settled: set Attempt }
one sig Log { var heads: set Attempt }

/* Seen outside: verdicts and receipts that left a guard, verdicts told to callers. Challenges counted twice. */
one sig Seen { var verdicts, receipts, told: set Attempt, var twice: set Challenge }
/* The copies that may be put back: any state that was. */
one sig Old { oldRows, oldFolded, oldSettled: set Attempt, oldLive, oldEnded, oldFinal: set Challenge }

fun right: set Attempt { says.Right }
fun wrong: set Attempt { says.Wrong }
fun unfolded: set Attempt { Journal.rows - Journal.folded }
fun onceSettled: set Attempt { { a: Attempt | once a in Store.settled } }
fun onceFolded: set Attempt { { a: Attempt | once a in Journal.folded } }
fun known: set Challenge { Store.(live + ended + final) + Store.settled.of }
pred flaw[f: Flaw] { World.flaw = f }
pred power[p: Power] { p in World.powers }

fact start {
  no heard and no brought and no called and no held and no rows and no folded and no heads
  lone live and no ended and no final and no settled
  no verdicts and no receipts and no told and no twice
}

/* Where nothing is put back there is no copy. */
fact copies {
  not power[OldJournal] implies no oldRows and no oldFolded
  not power[OldStore] implies no oldSettled and no oldLive and no oldEnded and no oldFinal
}

fact moves { always (
  nothing or (some c: Challenge | ask[c] or sweep[c]) or end
  or (some a: Attempt | verify[a] or commit[a] or reply[a]) or (some s: Server, r: Attempt | settle[s, r])
  or (some s: Server | serverStops[s]) or (some g: Guard | guardStops[g])
  or fold or journalPutBack or storePutBack
) }

pred keepServer { heard' = heard and brought' = brought }
pred keepRows { rows' = rows and folded' = folded and heads' = heads }
pred keepGuard { called' = called and held' = held and keepRows }
pred keepCounts { settled' = settled and twice' = twice and told' = told }
pred keepStore { live' = live and ended' = ended and final' = final and keepCounts }
pred keepSeen { verdicts' = verdicts and receipts' = receipts }
pred nothing { keepServer and keepGuard and keepStore and keepSeen }

/* A question is put; the one before it is replaced. */
pred ask[c: Challenge] {
  c not in known
  live' = Store->c
  endsLive and keepCounts and keepServer and keepGuard and keepSeen
}

/* The card is suspended, or the question's time is over. No guard is needed for it. */
pred end {
  some live and no live'
  endsLive and keepCounts and keepServer and keepGuard and keepSeen
}

/* What ended stays unsettled until a guard was asked to close it. */
pred endsLive {
  ended' = (flaw[SweepsUnasked] implies ended else ended + live)
  final' = (flaw[SweepsUnasked] implies final + live else final)
}

/* The flawed sweep: a moment ago nothing had been judged, so the challenge is over. */
pred sweep[c: Challenge] {
  flaw[RecallOnlyReads] and c in Store.ended
  before no Journal.rows & of.c
  ended' = ended - Store->c
  final' = final + Store->c
  live' = live
  keepCounts and keepServer and keepGuard and keepSeen
}

/* A server reads the store and calls; the token verifies. An honest one answers what is live and closes what ended. */
pred verify[a: Attempt] {
  a not in Memory.held
  not power[Hostile] implies {
    a.shown = Store.settled
    a.says = Unanswered implies a.of in Store.ended and not flaw[RecallOnlyReads]
    else a.of in Store.live and a.draws = a.of.asks
  }
  flaw[LooksBeforeCommit] implies free[a]
  called' = called + Memory->a
  held' = held + Memory->a
  keepRows
  keepServer and keepStore and keepSeen
}

/* The journal lacks something that the call shows, or that the log has. */
pred behind[a: Attempt] {
  (power[KeptLog] and Log.heads not in Journal.rows)
  or (not flaw[NoHead] and not flaw[NumberInReply] and
    (flaw[HeadOfOneGuard] implies a.shown & at.(a.at) else a.shown) not in Journal.rows)
}

/* What follows the place that the call shows cannot be told any more. */
pred beforeFold[a: Attempt] { not flaw[AnswersBeforeFold] and Journal.folded not in a.shown }

/* One guarded commit; a verdict that meets no row is forgotten. */
pred commit[a: Attempt] {
  a in Memory.held - Journal.rows
  flaw[LooksBeforeCommit] or free[a]
  not behind[a] and not beforeFold[a]
  rows' = rows + Journal->a
  folded' = folded
  held' = held - Memory->a
  heads' = heads + Log->a
  called' = called
  keepServer and keepStore and keepSeen
}

/* Not judged yet; for answers also: no draw spent, the cap not reached. The same for right and wrong. */
pred free[a: Attempt] {
  flaw[JudgesAgain] or no unfolded & of.(a.of)
  a.says != Unanswered implies {
    flaw[PassesDrawAgain] or no a.draws & ((flaw[FoldForgetsDraws] implies unfolded else Journal.rows) & right).draws
    flaw[IgnoresCap] or #((flaw[FoldForgetsFailures] implies unfolded else Journal.rows) & wrong) < 2
  }
}

/* Judgements lose their rows, spent draws and failures stay with the card. They are old: the store has had them. */
pred fold {
  power[Folds]
  some folded' - folded
  folded in folded' and folded' in rows
  flaw[FoldsUnsettled] or power[Hostile] or Journal.(folded' - folded) in onceSettled
  called' = called and held' = held and rows' = rows and heads' = heads
  keepServer and keepStore and keepSeen
}

/* The reply is what was judged of the challenge, whatever this call said. */
pred reply[a: Attempt] {
  a in Memory.called
  not beforeFold[a]
  some r: judged[a] {
    heard' = heard + a.from->r
    brought' = brought + a.from->unfolded
    verdicts' = verdicts + Seen->r
    receipts' = receipts + Seen->(r & right).(flaw[SignsWhatRetrySays] implies r->a else r->r)
  }
  keepGuard and keepStore
}

fun judged[a: Attempt]: set Attempt {
  (unfolded & of.(a.of)) + (flaw[TellsBeforeCommit] implies Memory.held & a else none)
}

/* One transaction: the challenge's row takes one judgement, once; only a live challenge's is told. */
pred settle[s: Server, r: Attempt] {
  r in s.heard and r.of in known
  flaw[NoTail] or s.brought.of in known
  flaw[NumberInReply] implies not lower
  heard' = heard - s->r
  brought' = brought
  (r.of in Store.settled.of and not flaw[SettlesAgain]) implies keepStore else {
    settled' = settled + Store->r
    live' = live - Store->r.of
    ended' = ended - Store->r.of
    final' = final - Store->r.of
    told' = told + Seen->{ t: r | t.of in Store.live and t.says != Unanswered }
    twice' = twice + Seen->(r.of & Store.settled.of)
  }
  keepGuard and keepSeen
}

/* A head with a lower number than the highest seen of that guard, or with the same number and another hash. */
pred lower {
  some g: Guard | let its = Journal.rows & at.g, seen = Store.settled & at.g |
    #its < #seen or (#its = #seen and its != seen)
}

pred serverStops[s: Server] {
  some s.heard
  heard' = heard - s->Attempt
  brought' = brought - s->Attempt
  keepGuard and keepStore and keepSeen
}

pred guardStops[g: Guard] {
  some Memory.held & at.g
  held' = held - Memory->at.g
  called' = called and keepRows
  keepServer and keepStore and keepSeen
}

/* Guards need not stop for it: what they have verified meets the old journal in its commit. */
pred journalPutBack {
  power[OldJournal]
  once (rows = Journal->Old.oldRows and folded = Journal->Old.oldFolded)
  rows' = Journal->Old.oldRows and folded' = Journal->Old.oldFolded
  rows' != rows or folded' != folded
  called' = called and held' = held and heads' = heads
  keepServer and keepStore and keepSeen
}

/* Servers stop for it: what they had heard is gone, and no reply to an earlier call reaches them. */
pred storePutBack {
  power[OldStore]
  once oldStore
  after oldStore
  settled' != settled
  no heard' and no brought' and no called'
  held' = held and keepRows
  twice' = twice and told' = told
  keepSeen
}

pred oldStore {
  Store.live = Old.oldLive and Store.ended = Old.oldEnded and Store.final = Old.oldFinal
  Store.settled = Old.oldSettled
}
