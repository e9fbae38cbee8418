using CsCheck;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>Whatever a service answers to a read: the connector gives what is true, or says that it cannot.</summary>
public abstract class HostileReadTests(SyncSide side)
{
    private const int NoticeableCases = 300;
    private const int AnyCases = 200;
    private const int MaxMessageLength = 400;

    /// <summary>The reads by their names in the hostile system.</summary>
    public static TheoryData<string> Reads => ["changes", "changes since", "by few ids", "by many ids", "by text", "whole", "keys", "schema"];

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task A_broken_answer_is_an_error_and_never_part_of_the_truth(string read)
    {
        await using var system = await HostileSystem.StartAsync(side, keepsAnswers: true);
        var expected = await system.Reads[read](default);
        var answers = await CountAsync(system, read);
        var (truths, errors) = (0, 0);

        await Mutation.Noticeable.SampleAsync(
            async mutation =>
            {
                // A value that cannot be read is marked, which is the fault of its record.
                if (await TryReadAsync(system, read, mutation, answers) is { } answer
                    && !answer.Contains(FieldValue.Unreadable.ToString(), StringComparison.Ordinal))
                {
                    answer.Should().Be(expected);
                    truths++;
                }
                else
                {
                    errors++;
                }
            },
            iter: Cases.Of(NoticeableCases),
            threads: 1);

        errors.Should().BeGreaterThan(truths / 2, "many changes do harm");
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Any_answer_ends_a_read_in_an_answer_or_one_kind_of_error(string read)
    {
        await using var system = await HostileSystem.StartAsync(side, keepsAnswers: true);
        var answers = await CountAsync(system, read);

        await Mutation.Any.Array[1, 3].SampleAsync(
            async mutations =>
            {
                system.Handler.Begin((number, answer) => mutations.Where(mutation => mutation.At % answers == number).Aggregate(answer, (changed, mutation) => mutation.Apply(changed)));
                _ = await GuardedAsync(() => system.Reads[read](default));
                system.Handler.Answers.Should().BeLessThanOrEqualTo(answers + 20);
            },
            iter: Cases.Of(AnyCases),
            threads: 1);
    }

    private static async Task<int> CountAsync(HostileSystem system, string read)
    {
        system.Handler.Begin(null);
        _ = await system.Reads[read](default);
        return system.Handler.Answers;
    }

    private static Task<string?> TryReadAsync(HostileSystem system, string read, Mutation mutation, int answers)
    {
        system.Handler.Begin((number, answer) => number == mutation.At % answers ? mutation.Apply(answer) : answer);
        return GuardedAsync(() => system.Reads[read](default));
    }

    private static async Task<string?> GuardedAsync(Func<Task<string>> read)
    {
        try
        {
            return await read();
        }
        catch (ConnectorException failure)
        {
            failure.Message.Length.Should().BeLessThan(MaxMessageLength);
            failure.Message.Should().NotContain(HostileSystem.Secret).And.NotContain(HostileSystem.Token).And.StartWith(failure.Connector + ": ");
            return null;
        }
    }
}

public sealed class HostileBusinessCentralReadTests() : HostileReadTests(SyncSide.Local);

public sealed class HostileDataverseReadTests() : HostileReadTests(SyncSide.Integration);
