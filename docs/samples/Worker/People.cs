using System.Diagnostics;
using System.Text.Json.Nodes;
using Dataverse.Sync;
using Dataverse.Sync.Testing;

namespace Worker;

/// <summary>People who edit a customer and its account in turn, and look at the other side until the edit has arrived.</summary>
internal sealed partial class People(
    Emulators emulators, SyncEngine engine, TimeSpan duration, IHostApplicationLifetime lifetime, ILogger<People> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        try
        {
            var (customer, account) = await FirstPairAsync(stoppingToken);
            for (var edit = 1; Stopwatch.GetTimestamp() < end; edit++)
            {
                await EditAccountAsync(account, customer, $"+45 3300 {edit:0000}", stoppingToken);
                await Task.Delay(Rest, stoppingToken);
                await EditCustomerAsync(customer, account, $"+45 4400 {edit:0000}", stoppingToken);
                await Task.Delay(Rest, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }

        lifetime.StopApplication();
    }

    // The first run couples the customers with the accounts that it finds or creates.
    private async Task<(Guid Customer, Guid Account)> FirstPairAsync(CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var pair = await engine.Couplings.ListAsync("CUSTOMER", cancellationToken).FirstOrDefaultAsync(cancellationToken);
            if (pair is not null)
            {
                LogCoupled(logger, waited.Elapsed.TotalSeconds);
                return (pair.LocalId, pair.IntegrationId);
            }

            await Task.Delay(LookInterval, cancellationToken);
        }
    }

    private async Task EditAccountAsync(Guid account, Guid customer, string phone, CancellationToken cancellationToken)
    {
        emulators.Accounts.Update(account, ("telephone1", phone));
        await ReportAsync(
            "Dataverse", () => (string?)emulators.Customers.Get(customer)?["phoneNumber"] == phone, cancellationToken);
    }

    private async Task EditCustomerAsync(Guid customer, Guid account, string phone, CancellationToken cancellationToken)
    {
        _ = emulators.Customers.Update(customer, new JsonObject { ["phoneNumber"] = phone });
        await ReportAsync(
            "Business Central", () => emulators.Accounts.Get(account)["telephone1"] as string == phone, cancellationToken);
    }

    private async Task ReportAsync(string side, Func<bool> hasArrived, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (!hasArrived() && waited.Elapsed < Patience)
        {
            await Task.Delay(LookInterval, cancellationToken);
        }

        if (hasArrived())
        {
            LogArrival(logger, side, waited.Elapsed.TotalSeconds);
        }
        else
        {
            LogAbsence(logger, side, Patience.TotalSeconds);
        }
    }

    [LoggerMessage(LogLevel.Information, "The first customer is coupled after {Seconds:0.0} s.")]
    private static partial void LogCoupled(ILogger logger, double seconds);

    [LoggerMessage(LogLevel.Information, "An edit in {Side} arrived after {Seconds:0.0} s.")]
    private static partial void LogArrival(ILogger logger, string side, double seconds);

    [LoggerMessage(LogLevel.Warning, "An edit in {Side} did not arrive in {Seconds:0} s.")]
    private static partial void LogAbsence(ILogger logger, string side, double seconds);
}
