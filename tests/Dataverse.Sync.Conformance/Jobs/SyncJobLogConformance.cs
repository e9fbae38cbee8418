using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Conformance;

/// <summary>What every <see cref="ISyncJobLog"/> guarantees. An implementation inherits the suite and supplies an empty log.</summary>
public abstract class SyncJobLogConformance
{
    /// <summary>The empty log of the test.</summary>
    protected abstract ISyncJobLog Log { get; }

    private static SyncJob Job(int number) => new()
    {
        Id = LocalId(number),
        Key = Customers,
        Kind = SyncJobKind.Modified,
        Direction = SyncDirection.Bidirectional,
        StartedOn = Start.AddMinutes(number),
        FinishedOn = Start.AddMinutes(number + 1),
        Status = SyncJobStatus.Finished,
    };

    private static SyncJobError Error(int job, int minute) => new(
        LocalId(job), new(SyncSide.Integration, IntegrationId(minute)), Start.AddMinutes(minute),
        new(SyncErrorCodes.Transient, "The service was busy.", "name"));

    private ValueTask SaveAsync(SyncJob job) => Log.SaveAsync(job, CancellationToken.None);

    private ValueTask AddErrorsAsync(params SyncJobError[] errors) => Log.AddErrorsAsync(errors, CancellationToken.None);

    private ValueTask<IReadOnlyList<SyncJob>> ListAsync(string? mapping = null, int limit = 100) =>
        Log.ListAsync(Customers.Scope, mapping, limit, CancellationToken.None);

    private ValueTask<IReadOnlyList<SyncJobError>> ListErrorsAsync(int job) => Log.ListErrorsAsync(LocalId(job), CancellationToken.None);

    [Fact]
    public async Task Job_comes_back_as_it_was_stored()
    {
        var job = new SyncJob
        {
            Id = LocalId(1),
            Key = Customers,
            Kind = SyncJobKind.Uncoupling,
            Direction = SyncDirection.FromIntegrationTable,
            StartedOn = Start.AddTicks(1),
            FinishedOn = Start.AddTicks(2),
            Status = SyncJobStatus.Stopped,
            Message = "The fuse blew: 12 of 20 couplings.",
            Counters = new()
            {
                Inserted = 1,
                Modified = 2,
                Deleted = 3,
                Unchanged = 4,
                Skipped = 5,
                Failed = 6,
                Coupled = 7,
                Uncoupled = 8,
                Conflicted = long.MaxValue,
                Doubtful = long.MaxValue - 1,
            },
            CutTexts = 10,
        };
        await SaveAsync(job);

        (await ListAsync()).Should().Equal(job);
    }

    [Fact]
    public async Task Job_saved_again_is_replaced_and_keeps_its_errors()
    {
        var running = Job(1) with { FinishedOn = null, Status = SyncJobStatus.Running };
        await SaveAsync(running);
        await AddErrorsAsync(Error(1, 1));
        (await ListAsync()).Should().Equal(running);

        await SaveAsync(Job(1) with { Counters = new() { Inserted = 5 } });

        (await ListAsync()).Should().Equal(Job(1) with { Counters = new() { Inserted = 5 } });
        (await ListErrorsAsync(1)).Should().Equal(Error(1, 1));
    }

    [Fact]
    public async Task Jobs_are_listed_newest_first_up_to_the_limit()
    {
        foreach (var number in new[] { 2, 4, 1, 3 })
        {
            await SaveAsync(Job(number));
        }

        (await ListAsync()).Should().Equal(Job(4), Job(3), Job(2), Job(1));
        (await ListAsync(limit: 2)).Should().Equal(Job(4), Job(3));
        var withoutLimit = async () => await ListAsync(limit: 0);
        await withoutLimit.Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task Jobs_begun_at_one_moment_are_listed_last_saved_first()
    {
        var jobs = Enumerable.Range(1, 5).Select(number => Job(number * 31 % 7) with { StartedOn = Start }).ToList();
        foreach (var job in jobs)
        {
            await SaveAsync(job);
        }

        (await ListAsync()).Should().Equal(jobs.AsEnumerable().Reverse());
    }

    [Fact]
    public async Task Jobs_of_other_mappings_and_scopes_are_left_out()
    {
        var vendors = Job(2) with { Key = Customers with { Mapping = "VENDOR" } };
        await SaveAsync(Job(1));
        await SaveAsync(vendors);
        await SaveAsync(Job(3) with { Key = Customers with { Scope = "adatum" } });

        (await ListAsync()).Should().Equal(vendors, Job(1));
        (await ListAsync("VENDOR")).Should().Equal(vendors);
        (await ListAsync("vendor")).Should().BeEmpty();
    }

    [Fact]
    public async Task Errors_are_listed_oldest_first_for_their_job_only()
    {
        await SaveAsync(Job(1));
        await SaveAsync(Job(2));
        var bare = Error(1, 2) with { Error = new("0x80040265", string.Empty) };

        await AddErrorsAsync(Error(1, 3), Error(2, 1), Error(1, 1));
        await AddErrorsAsync(bare, Error(1, 1) with { Record = new(SyncSide.Local, LocalId(8)) });

        (await ListErrorsAsync(1)).Should().Equal(Error(1, 1), Error(1, 1) with { Record = new(SyncSide.Local, LocalId(8)) }, bare, Error(1, 3));
        (await ListErrorsAsync(2)).Should().Equal(Error(2, 1));
    }

    [Fact]
    public async Task Errors_of_an_unknown_job_are_dropped()
    {
        await AddErrorsAsync(Error(9, 1));
        (await ListErrorsAsync(9)).Should().BeEmpty();

        await SaveAsync(Job(9));
        (await ListErrorsAsync(9)).Should().BeEmpty();
    }

    [Fact]
    public async Task Delete_removes_what_finished_earlier_except_what_is_kept()
    {
        var running = Job(5) with { StartedOn = Start.AddDays(-1), FinishedOn = null, Status = SyncJobStatus.Running };
        var elsewhere = Job(6) with { Key = Customers with { Scope = "adatum" }, StartedOn = Start, FinishedOn = Start };
        foreach (var job in new[] { Job(1), Job(2), Job(3), Job(4), running, elsewhere })
        {
            await SaveAsync(job);
        }

        await AddErrorsAsync(Error(1, 1), Error(2, 1), Error(6, 1));

        var deleted = await Log.DeleteAsync(Customers.Scope, Job(4).FinishedOn!.Value, [LocalId(2), LocalId(77)], CancellationToken.None);

        deleted.Should().Be(2);
        (await ListAsync()).Should().Equal(Job(4), Job(2), running);
        (await ListErrorsAsync(1)).Should().BeEmpty();
        (await ListErrorsAsync(2)).Should().Equal(Error(2, 1));
        (await ListErrorsAsync(6)).Should().Equal(Error(6, 1));
        (await Log.ListAsync("adatum", null, 10, CancellationToken.None)).Should().Equal(elsewhere);
    }

    [Fact]
    public async Task Delete_that_keeps_nothing_removes_all_that_finished_earlier()
    {
        await SaveAsync(Job(1));
        await SaveAsync(Job(2));

        (await Log.DeleteAsync(Customers.Scope, Start.AddYears(1), [], CancellationToken.None)).Should().Be(2);

        (await ListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Parallel_calls_are_all_stored()
    {
        await Task.WhenAll(Enumerable.Range(1, 40).Select(number => Task.Run(async () =>
        {
            await SaveAsync(Job(number));
            await AddErrorsAsync(Error(number, 1), Error(number, 2));
        })));

        (await ListAsync()).Should().HaveCount(40);
        (await ListErrorsAsync(17)).Should().Equal(Error(17, 1), Error(17, 2));
    }

    [Fact]
    public async Task Every_call_with_a_cancelled_token_is_cancelled_and_changes_nothing()
    {
        await SaveAsync(Job(1));
        var cancelled = new CancellationToken(canceled: true);
        Func<Task>[] calls =
        [
            async () => await Log.SaveAsync(Job(2), cancelled),
            async () => await Log.AddErrorsAsync([Error(1, 1)], cancelled),
            async () => await Log.ListAsync(Customers.Scope, null, 10, cancelled),
            async () => await Log.ListErrorsAsync(LocalId(1), cancelled),
            async () => await Log.DeleteAsync(Customers.Scope, DateTimeOffset.MaxValue, [], cancelled),
        ];

        foreach (var call in calls)
        {
            await call.Should().ThrowAsync<OperationCanceledException>();
        }

        (await ListAsync()).Should().Equal(Job(1));
        (await ListErrorsAsync(1)).Should().BeEmpty();
    }
}
