using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Http.Tests;

/// <summary>Runs a load against a simulated service in virtual time. One thread does everything, so a seed always gives the same run.</summary>
internal sealed class LoadSimulation
{
    private readonly SimulatedLoad load;
    private readonly FakeTimeProvider time;
    private readonly IReadOnlyList<RequestGovernor> governors;
    private readonly Random random;
    private readonly List<Worker> workers;
    private readonly List<(SimulatedVisit Visit, TimeSpan EndsAt, TimeSpan Duration)> others = [];
    private readonly List<SimulatedWindow> windows;
    private TimeSpan now;
    private double otherDue;

    private LoadSimulation(SimulatedLoad load, FakeTimeProvider time)
    {
        (this.load, this.time) = (load, time);
        random = new Random(load.Seed);
        var settings = (load.Settings with { TimeProvider = time }).ToGovernorSettings();
        governors = [.. Enumerable.Range(0, load.Processes).Select(_ => new RequestGovernor(settings))];
        workers = [.. Enumerable.Range(0, load.Workers).Select(worker => new Worker(this, governors[worker % governors.Count]))];
        windows = [.. Enumerable.Range(0, load.Windows).Select(_ => new SimulatedWindow())];
    }

    /// <summary>What happened in each full window.</summary>
    public static IReadOnlyList<SimulatedWindow> Run(SimulatedLoad load, FakeTimeProvider time)
    {
        var simulation = new LoadSimulation(load, time);
        if (load.OtherRate > 0)
        {
            for (simulation.now = -load.Window; simulation.now < TimeSpan.Zero; simulation.Tick())
            {
                simulation.ActOthers();
            }
        }

        for (simulation.now = TimeSpan.Zero; simulation.now < load.Window * load.Windows; simulation.Tick())
        {
            simulation.ActOthers();
            simulation.workers.ForEach(worker => worker.Act());
        }

        return simulation.windows;
    }

    private SimulatedWindow Current => windows[Math.Clamp((int)(now / load.Window), 0, windows.Count - 1)];

    private void Tick()
    {
        time.Advance(load.Tick);
        now += load.Tick;
    }

    private TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * random.NextDouble());

    private void ActOthers()
    {
        for (otherDue += load.OtherRate * load.Tick.TotalSeconds; otherDue >= 1; otherDue--)
        {
            var visit = load.Arrive(1);
            var duration = Between(load.Duration.Least, load.Duration.Most);
            if (visit.IsRefused)
            {
                _ = visit.End(TimeSpan.Zero);
            }
            else
            {
                others.Add((visit, now + duration, duration));
                Current.Others += now >= TimeSpan.Zero ? 1 : 0;
            }
        }

        foreach (var (visit, _, duration) in others.Where(other => other.EndsAt <= now))
        {
            _ = visit.End(duration);
        }

        _ = others.RemoveAll(other => other.EndsAt <= now);
    }

    /// <summary>Waits for its pass, travels, is worked on, travels back, and begins again.</summary>
    private sealed class Worker(LoadSimulation simulation, RequestGovernor governor)
    {
        private Task<RequestPass>? entering;
        private RequestPass? pass;
        private SimulatedVisit? visit;
        private ServiceReport? report;
        private TimeSpan until;
        private TimeSpan duration;
        private bool isWorking;
        private int refusals;

        private SimulatedLoad Load => simulation.load;

        public void Act()
        {
            if (simulation.now < until)
            {
                return;
            }

            if (pass is null)
            {
                Enter();
            }
            else if (report is not null)
            {
                Return();
            }
            else if (visit is null)
            {
                Arrive();
            }
            else if (!visit.IsQueued)
            {
                Work();
            }
        }

        private void Enter()
        {
            entering ??= governor.EnterAsync(Load.Weight, default).AsTask();
            if (entering.IsCompleted)
            {
                pass = entering.Result;
                entering = null;
                until = simulation.now + simulation.Between(TimeSpan.Zero, Load.Latency);
            }
        }

        private void Arrive()
        {
            visit = Load.Arrive(Load.Weight);
            if (visit.IsRefused)
            {
                simulation.Current.Refused++;
                report = visit.End(TimeSpan.Zero);
            }
            else
            {
                simulation.Current.Requests += Load.Weight;
                simulation.Current.Queued = Math.Max(simulation.Current.Queued, simulation.workers.Count(worker => worker.visit is { IsQueued: true }));
            }

            until = simulation.now + (visit.IsRefused ? simulation.Between(TimeSpan.Zero, Load.Latency) : TimeSpan.Zero);
        }

        private void Work()
        {
            if (!isWorking)
            {
                isWorking = true;
                duration = simulation.Between(Load.Duration.Least, Load.Duration.Most);
                until = simulation.now + duration;
                return;
            }

            isWorking = false;
            simulation.Current.Seconds += duration.TotalSeconds;
            report = visit!.End(duration);
            until = simulation.now + simulation.Between(TimeSpan.Zero, Load.Latency);
        }

        private void Return()
        {
            pass!.Report = report;
            refusals = visit!.IsRefused ? refusals + 1 : 0;
            if (visit.IsRefused)
            {
                pass.Refuse(visit.RetryAfter, isOverLimit: true);
                until = simulation.now + (visit.RetryAfter ?? TimeSpan.FromSeconds(Math.Pow(2, refusals - 1)));
            }

            pass.Dispose();
            (pass, visit, report) = (null, null, null);
        }
    }
}
