using Dataverse.Sync;
using Npgsql;

namespace Cluster;

/// <summary>The program that starts the emulated services and the workers.</summary>
internal static class ClusterCommand
{
    private const int Success = 0;
    private const int Failure = 1;

    private static readonly TimeSpan LongestTime = TimeSpan.FromMinutes(3);

    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestTime);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (arguments is ["--help" or "-h"])
            {
                await output.WriteLineAsync(Arguments.Usage);
                return Success;
            }

            var given = Arguments.Parse(arguments, Environment.GetEnvironmentVariable(Arguments.Variable));
            if (await RunAsync(given, output, ending.Token))
            {
                return Success;
            }

            await error.WriteLineAsync("error: the last run should have found nothing to do.");
        }
        catch (UsageException wrong)
        {
            await error.WriteLineAsync($"error: {wrong.Message}{Environment.NewLine}{Environment.NewLine}{Arguments.Usage}");
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            await error.WriteLineAsync(
                limit.IsCancellationRequested ? $"error: not done after {LongestTime}." : "error: cancelled by Ctrl+C.");
        }
        catch (Exception failure) when (failure is NpgsqlException or ArgumentException)
        {
            await error.WriteLineAsync($"error: the database cannot be used: {failure.Message}");
        }
        catch (SyncException failure)
        {
            await error.WriteLineAsync($"error: {failure.Message}");
        }

        return Failure;
    }

    private static async Task<bool> RunAsync(Arguments given, TextWriter output, CancellationToken cancellationToken)
    {
        await using var schema = await StoreSchema.CreateAsync(given.ConnectionString, cancellationToken);
        await using var clouds = await Clouds.StartAsync(cancellationToken);
        var settings = new WorkerSettings
        {
            BusinessCentral = clouds.BusinessCentral.BaseAddress,
            Company = clouds.Company.Name,
            Dataverse = clouds.Dataverse.BaseAddress,
            Schema = schema.Name,
        };
        await using var own = new Synchronization(settings, given.ConnectionString);
        var screen = new Screen(output, TimeProvider.System);
        using var workers = new Workers(settings, given.ConnectionString, screen);
        await new Tour(own, workers, screen, TimeProvider.System).RunAsync(given.Workers, cancellationToken);
        return await Summary.ShowAsync(clouds, own, workers, output, cancellationToken);
    }
}
