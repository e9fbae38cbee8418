using Dataverse.Sync;
using Spectre.Console;

namespace QuickStart;

/// <summary>The program without its process: reads arguments, writes text, and returns an exit code.</summary>
internal static class QuickStartCommand
{
    private const int Success = 0;
    private const int Failure = 1;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            var given = Arguments.Parse(arguments);
            if (given.IsHelpWanted)
            {
                await output.WriteLineAsync(Arguments.Usage);
                return Success;
            }

            await RunAsync(given, Screen.CreateConsole(output), cancellationToken);
            return Success;
        }
        catch (UsageException wrong)
        {
            await error.WriteLineAsync($"error: {wrong.Message}{Environment.NewLine}{Environment.NewLine}{Arguments.Usage}");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("error: cancelled by Ctrl+C.");
        }
        catch (Exception failure) when (failure is QuickStartException or SyncException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"error: {failure.Message}");
        }

        return Failure;
    }

    private static async Task RunAsync(Arguments given, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var storeFile = given.StoreFile ?? TemporaryStoreFile();
        await using var clouds = await Clouds.StartAsync(given.DataFolder, given.UsesTls, cancellationToken);
        await using var synchronization = new Synchronization(clouds, storeFile, given.UsesOrganizationService);
        var screen = new Screen(console, clouds);
        screen.ShowWelcome(given.DataFolder);
        var phases = await new Tour(clouds, synchronization.Engine, screen).RunAsync(cancellationToken);
        if (given.JsonFile is { } file)
        {
            await JsonReport.WriteAsync(file, phases, cancellationToken);
        }

        screen.ShowFarewell(storeFile, given.JsonFile);
    }

    private static string TemporaryStoreFile() =>
        Path.Combine(Directory.CreateTempSubdirectory("dataverse-sync-").FullName, "couplings.db");
}
