using Dataverse.Sync.Execution;
using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Blanking;

/// <summary>Many values that turn blank at once are held, because the caller may only have lost the right to read them.</summary>
public sealed class MassBlankingTests
{
    public enum Way
    {
        Full,
        Modified,
        Named,
    }

    [Theory]
    [InlineData(SyncSide.Integration, Way.Modified)]
    [InlineData(SyncSide.Integration, Way.Full)]
    [InlineData(SyncSide.Integration, Way.Named)]
    [InlineData(SyncSide.Local, Way.Modified)]
    [InlineData(SyncSide.Local, Way.Full)]
    [InlineData(SyncSide.Local, Way.Named)]
    public async Task C06_Thirty_values_that_turn_blank_at_once_are_not_erased_on_the_other_side(SyncSide source, Way way)
    {
        using var bench = await Bench.NewAsync(30, source);
        bench.Withhold(30);

        var job = await bench.RunAsync(way);

        job.Status.Should().Be(SyncJobStatus.Stopped);
        job.Message.Should().Contain("30").And.Contain("blank");
        (await bench.Crm.ErrorsAsync(job)).Should().HaveCount(30).And.OnlyContain(error => error.Error.Code == SyncErrorCodes.MassBlanking);
        bench.Values().Should().OnlyContain(value => value == "1000");
        (await bench.Crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Values_that_turn_blank_between_the_rounds_of_one_run_are_not_erased_either()
    {
        using var bench = await Bench.NewAsync(30, SyncSide.Integration);
        foreach (var account in bench.Accounts)
        {
            _ = bench.Crm.Accounts.Update(account, ("name", $"New {account.ToString()[..8]}"));
        }

        // Users edit the customers while they are being written, and the right to read the values is taken away.
        var isFirst = true;
        bench.Crm.Local.Faults.BeforeCall = (call, _) =>
        {
            if (call is { Operation: InMemoryOperation.Write, Table: "customers" } && isFirst)
            {
                isFirst = false;
                bench.Withhold(30);
                foreach (var customer in bench.Crm.Customers.Records.ToList())
                {
                    bench.Crm.Customers.Update(customer.Id, ("creditLimit", 5m));
                }
            }

            return ValueTask.CompletedTask;
        };

        var job = await bench.RunAsync(Way.Modified);

        isFirst.Should().BeFalse();
        job.Status.Should().Be(SyncJobStatus.Stopped);
        bench.Values().Should().OnlyContain(value => value == "1000");
        bench.Show();
        await bench.Crm.ConvergeAsync();
        bench.Values().Should().OnlyContain(value => value == "1000");
        bench.Crm.Customers.Records.Should().OnlyContain(customer => customer["displayName"].AsText().StartsWith("New"));
        (await bench.Crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Held_records_come_again_and_are_written_once_a_run_allows_it()
    {
        using var bench = await Bench.NewAsync(30, SyncSide.Integration);
        bench.Blank(30);

        var stopped = await bench.RunAsync(Way.Modified);
        var deleting = await bench.RunAsync(Way.Modified, new() { AllowsMassDeletion = true });
        var again = await bench.RunAsync(Way.Modified);
        var allowed = await bench.RunAsync(Way.Modified, new() { AllowsMassBlanking = true });

        new[] { stopped, deleting, again }.Should().OnlyContain(job => job.Status == SyncJobStatus.Stopped);
        (allowed.Status, allowed.Counters.Modified).Should().Be((SyncJobStatus.Finished, 30));
        bench.Values().Should().OnlyContain(value => value.Length == 0);
    }

    [Fact]
    public async Task Values_that_can_be_read_again_leave_nothing_behind()
    {
        using var bench = await Bench.NewAsync(30, SyncSide.Integration);
        bench.Withhold(30);
        _ = await bench.RunAsync(Way.Modified);
        bench.Show();

        var job = await bench.RunAsync(Way.Modified);

        (job.Status, job.Counters.Modified).Should().Be((SyncJobStatus.Finished, 0));
        bench.Values().Should().OnlyContain(value => value == "1000");
    }

    [Fact]
    public async Task Other_changes_travel_although_values_are_held()
    {
        using var bench = await Bench.NewAsync(30, SyncSide.Integration);
        bench.Blank(20);
        var edited = bench.Accounts[25];
        bench.Crm.Accounts.Update(edited, ("name", "Edited"));

        var job = await bench.RunAsync(Way.Modified);

        job.Counters.Should().Be(new SyncCounters { Modified = 1 });
        bench.Crm.Customers.Records.Should().ContainSingle(record => record["displayName"].AsText() == "Edited");
        bench.Values().Should().OnlyContain(value => value == "1000");
    }

    [Theory]
    [InlineData(30, 10, true)]
    [InlineData(30, 11, false)]
    [InlineData(4, 2, true)]
    [InlineData(4, 3, false)]
    [InlineData(1, 1, true)]
    public async Task Few_values_are_blanked_in_the_same_run(int pairs, int blanked, bool isWritten)
    {
        using var bench = await Bench.NewAsync(pairs, SyncSide.Integration);
        bench.Blank(blanked);

        var job = await bench.RunAsync(Way.Modified);

        job.Status.Should().Be(isWritten ? SyncJobStatus.Finished : SyncJobStatus.Stopped);
        job.Counters.Modified.Should().Be(isWritten ? blanked : 0);
        bench.Values().Count(value => value.Length == 0).Should().Be(isWritten ? blanked : 0);
    }

    [Theory]
    [InlineData(0, 0.1, 1)]
    [InlineData(1, 0.1, 1)]
    [InlineData(5, 0.1, 2.5)]
    [InlineData(30, 0.1, 10)]
    [InlineData(1000, 0.1, 100)]
    [InlineData(1000, 0, 10)]
    public void Allowed_is_the_share_or_ten_or_half_of_the_pairs(long pairs, double share, double allowed) =>
        MassLimit.Of(pairs, share).Should().Be(allowed);

    [Fact]
    public async Task Preview_shows_that_the_run_would_stop()
    {
        using var bench = await Bench.NewAsync(30, SyncSide.Integration);
        bench.Blank(30);

        var preview = await bench.Crm.Engine.PreviewAsync("CUSTOMER", SyncJobKind.Modified);

        preview.Jobs.Should().ContainSingle().Which.Status.Should().Be(SyncJobStatus.Stopped);
        preview.Operations.Should().BeEmpty();
    }

    [Fact]
    public async Task An_edit_while_records_are_set_aside_is_merged_and_not_overwritten()
    {
        using var bench = await Bench.NewAsync(30, SyncSide.Integration);
        bench.Blank(2);
        var reads = 0;
        bench.Crm.Integration.Faults.BeforeCall = (call, _) =>
        {
            // The first read by id is that of the records that were set aside.
            if (call is { Operation: InMemoryOperation.ReadById, Table: "account" } && ++reads == 1)
            {
                bench.Crm.Accounts.Update(bench.Accounts[0], ("postalcode", "3000"));
            }

            return ValueTask.CompletedTask;
        };

        _ = await bench.RunAsync(Way.Modified);

        bench.Values().Order().Should().Equal(Enumerable.Repeat("1000", 28).Prepend("").Append("3000"));
    }

    [Theory]
    [InlineData(SyncSide.Integration)]
    [InlineData(SyncSide.Local)]
    public async Task A_record_that_one_answer_lacks_when_it_is_read_again_is_not_forgotten(SyncSide source)
    {
        using var bench = await Bench.NewAsync(30, source);
        bench.Blank(2);
        var (system, table) = source == SyncSide.Local ? (bench.Crm.Local, "customers") : (bench.Crm.Integration, "account");
        var lost = system[table].Records[^1].Id;
        var reads = 0;
        system.Faults.BeforeCall = (call, _) =>
        {
            if (call.Operation == InMemoryOperation.ReadById && call.Table == table && ++reads == 1)
            {
                system[table].Hide(lost);
            }

            return ValueTask.CompletedTask;
        };
        system.Faults.AfterCall = (_, _) =>
        {
            system[table].Show(lost);
            return ValueTask.CompletedTask;
        };

        _ = await bench.RunAsync(Way.Modified);
        bench.Crm.Later();
        _ = await bench.RunAsync(Way.Modified, new() { RetriesAllFailures = true });

        bench.Values().Count(value => value.Length == 0).Should().Be(2);
        (await bench.Crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Values_that_nobody_can_read_on_the_target_are_not_erased_in_a_mass_either()
    {
        WithholdingConnector? accounts = null;
        using var crm = new EngineFixture(new FixtureOptions
        {
            Customer = mapping => mapping.Field("postalCode", "postalcode", field => field.ToIntegration()),
            Engine = options => options with { Integration = accounts = new(options.Integration, "account") },
        });
        for (var number = 0; number < 30; number++)
        {
            _ = crm.Customers.Insert(("displayName", $"C{number}"), ("postalCode", "1000"));
        }

        await crm.ConvergeAsync();
        _ = accounts!.Fields.Add("postalcode");
        _ = await crm.Engine.ValidateAsync();
        foreach (var customer in crm.Customers.Records)
        {
            _ = crm.Customers.Update(customer.Id, ("postalCode", null));
        }

        crm.Later();
        var stopped = await crm.ModifiedAsync();
        var allowed = await crm.ModifiedAsync(new() { AllowsMassBlanking = true });

        (stopped.Status, stopped.Counters.Modified).Should().Be((SyncJobStatus.Stopped, 0));
        (allowed.Status, allowed.Counters.Modified).Should().Be((SyncJobStatus.Finished, 30));
        crm.Accounts.Records.Should().OnlyContain(account => account["postalcode"].IsBlank);
    }

    [Fact]
    public async Task A_failed_record_that_is_held_keeps_its_failure()
    {
        using var bench = await Bench.NewAsync(30, SyncSide.Integration);
        bench.Blank(30);
        bench.Crm.Local.Faults.OnWrite = (_, _) => InMemoryWriteFault.Rejected;
        _ = await bench.RunAsync(Way.Modified, new() { AllowsMassBlanking = true });
        bench.Crm.Local.Faults.Clear();

        var job = await bench.RunAsync(Way.Modified, new() { RetriesAllFailures = true });

        job.Status.Should().Be(SyncJobStatus.Stopped);
        (await bench.Crm.FailuresAsync()).Should().HaveCount(30);
    }

    private sealed class Bench : IDisposable
    {
        private readonly SyncSide source;
        private WithholdingConnector? withholding;

        private Bench(SyncSide source)
        {
            this.source = source;
            Crm = new(new FixtureOptions { Engine = Wrap });
        }

        public EngineFixture Crm { get; }

        public List<Guid> Accounts { get; private set; } = [];

        public static async Task<Bench> NewAsync(int pairs, SyncSide source)
        {
            var bench = new Bench(source);
            for (var number = 0; number < pairs; number++)
            {
                _ = bench.Crm.Customers.Insert(("displayName", $"C{number}"), ("postalCode", "1000"));
            }

            await bench.Crm.ConvergeAsync();
            bench.Accounts = [.. (await bench.Crm.CouplingsAsync()).Select(coupling => coupling.IntegrationId)];
            return bench;
        }

        /// <summary>The values of records are withheld, and all of them are published again.</summary>
        public void Withhold(int records)
        {
            _ = withholding!.Fields.Add(Field);
            withholding.IsTold = false;
            withholding.Records = [.. Table.Records.Take(records).Select(record => record.Id)];
            Touch();
        }

        public void Show()
        {
            withholding!.Fields.Clear();
            Touch();
        }

        public void Blank(int records)
        {
            List<Guid> ids = source == SyncSide.Integration ? Accounts : [.. Table.Records.Select(record => record.Id)];
            foreach (var id in ids.Take(records))
            {
                _ = Table.Update(id, (Field, null));
            }
        }

        public async Task<SyncJob> RunAsync(Way way, SyncRunOptions? options = null)
        {
            Crm.Later();
            return way switch
            {
                Way.Full => await Crm.FullAsync(options),
                Way.Modified => await Crm.ModifiedAsync(options),
                _ => await Crm.Engine.SynchronizeRecordsAsync("CUSTOMER", source, [.. Table.Records.Select(record => record.Id)], options),
            };
        }

        public IEnumerable<string> Values() => source == SyncSide.Local
            ? Crm.Accounts.Records.Select(record => record["postalcode"].AsText())
            : Crm.Customers.Records.Select(record => record["postalCode"].AsText());

        public void Dispose() => Crm.Dispose();

        private InMemoryTable Table => source == SyncSide.Local ? Crm.Customers : Crm.Accounts;

        private string Field => source == SyncSide.Local ? "postalCode" : "postalcode";

        private void Touch()
        {
            foreach (var record in Table.Records)
            {
                Table.Restamp(record.Id, Crm.Time.GetUtcNow());
            }
        }

        private SyncEngineOptions Wrap(SyncEngineOptions options)
        {
            withholding = source == SyncSide.Local
                ? new(options.Local, "customers")
                : new(options.Integration, "account");
            return source == SyncSide.Local ? options with { Local = withholding } : options with { Integration = withholding };
        }
    }
}
